import { Play } from 'lucide-react';
import type { SimulatedAnswer, SimulationRequest, Story } from '../../shared/simulation.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { Button } from '../ui/Button.tsx';
import lists from '../ui/Lists.module.css';
import { answerWords, isAccepted } from '../words/answers.ts';
import type { SimulationOutcome } from './outcome.ts';
import styles from './Simulator.module.css';

type Props = {
  stories: Story[];
  sources: Source[];
  providers: ProviderInfo[];
  outcomes: ReadonlyMap<string, SimulationOutcome>;
  onRun: (request: SimulationRequest) => void;
};

export function StoryList({ stories, sources, providers, outcomes, onRun }: Props) {
  return (
    <ul className={`${lists.card} ${lists.divided}`}>
      {stories.map(({ id, label, description }) => {
        const outcome = outcomes.get(id);
        return (
          <li key={id} className={styles.story}>
            <div className={styles.words}>
              <h3>{label}</h3>
              <p>{description}</p>
            </div>
            <Button
              icon={<Play size={14} />}
              disabled={outcome === 'busy'}
              aria-label={`Play ${label}`}
              onClick={() => onRun({ what: 'story', story: id })}
            >
              {outcome === 'busy' ? 'Playing' : 'Play'}
            </Button>
            {outcome === 'failed' ? (
              <p className={styles.result}>It could not be played. Try again.</p>
            ) : outcome && outcome !== 'busy' ? (
              <Result answers={outcome} sources={sources} providers={providers} />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

type ResultProps = { answers: SimulatedAnswer[]; sources: Source[]; providers: ProviderInfo[] };

function Result({ answers, sources, providers }: ResultProps) {
  if (answers.length === 0) {
    return <p className={styles.result}>No source can play this one. Add one of its provider.</p>;
  }
  const labelOf = ({ sourceId, simulation }: SimulatedAnswer): string => {
    const provider = sources.find(({ id }) => id === sourceId)?.provider;
    const known = providers.find(({ id }) => id === provider)?.simulations;
    return known?.find(({ id }) => id === simulation)?.label ?? simulation;
  };

  return (
    <ol className={styles.result}>
      {Object.entries(answers).map(([place, answer]) => (
        <li key={place}>
          <span>{labelOf(answer)}</span>
          <span className={styles.answer} data-accepted={isAccepted(answer)}>
            {answerWords(answer)}
          </span>
        </li>
      ))}
    </ol>
  );
}
