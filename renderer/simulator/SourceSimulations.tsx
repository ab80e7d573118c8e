import { Send } from 'lucide-react';
import type { SimulationRequest } from '../../shared/simulation.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ExternalText } from '../ui/ExternalText.tsx';
import lists from '../ui/Lists.module.css';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { answerWords, isAccepted } from '../words/answers.ts';
import { requestKey, type SimulationOutcome } from './outcome.ts';
import styles from './Simulator.module.css';

type Props = {
  source: Source;
  providers: ProviderInfo[];
  outcomes: ReadonlyMap<string, SimulationOutcome>;
  onRun: (request: SimulationRequest) => void;
};

export function SourceSimulations({ source, providers, outcomes, onRun }: Props) {
  const provider = providers.find(({ id }) => id === source.provider);

  return (
    <section className={lists.card} aria-label={source.name}>
      <h3 className={styles.source}>
        <ProviderMark provider={source.provider} providers={providers} size={20} />
        <ExternalText text={source.name} />
        {provider && provider.name !== source.name ? (
          <span className={styles.provider}>{provider.name}</span>
        ) : null}
      </h3>
      <ul className={styles.grid}>
        {(provider?.simulations ?? []).map(({ id, label }) => {
          const request = { what: 'delivery', sourceId: source.id, simulation: id } as const;
          return (
            <li key={id}>
              <button
                type="button"
                className={`${lists.rowButton} ${styles.send}`}
                onClick={() => onRun(request)}
              >
                <Send size={14} aria-hidden="true" />
                <span className={styles.label}>{label}</span>
                <Outcome outcome={outcomes.get(requestKey(request))} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Outcome({ outcome }: { outcome: SimulationOutcome | undefined }) {
  if (outcome === undefined) return null;
  if (outcome === 'busy') return <span className={styles.answer}>sending</span>;
  const [answer] = outcome === 'failed' ? [] : outcome;
  return answer ? (
    <span className={styles.answer} data-accepted={isAccepted(answer)}>
      {answerWords(answer)}
    </span>
  ) : (
    <span className={styles.answer} data-accepted="false">
      not sent
    </span>
  );
}
