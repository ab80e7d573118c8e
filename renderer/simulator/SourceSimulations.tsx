import { Send } from 'lucide-react';
import type { SimulationRequest } from '../../shared/simulation.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SourceText } from '../ui/SourceText.tsx';
import { answerWords, isTaken } from './answer-words.ts';
import styles from './Simulator.module.css';
import { keyOf, type Told } from './told.ts';

type Props = {
  source: Source;
  providers: ProviderInfo[];
  told: ReadonlyMap<string, Told>;
  onRun: (request: SimulationRequest) => void;
};

export function SourceSimulations({ source, providers, told, onRun }: Props) {
  const provider = providers.find(({ id }) => id === source.provider);

  return (
    <section className={styles.card} aria-label={source.name}>
      <h3 className={styles.source}>
        <ProviderMark provider={source.provider} providers={providers} size={20} />
        <SourceText text={source.name} />
        {provider && provider.name !== source.name ? (
          <span className={styles.provider}>{provider.name}</span>
        ) : null}
      </h3>
      <ul className={styles.grid}>
        {(provider?.simulations ?? []).map(({ id, label }) => {
          const request = { what: 'delivery', sourceId: source.id, simulation: id } as const;
          return (
            <li key={id}>
              <button type="button" className={styles.send} onClick={() => onRun(request)}>
                <Send size={14} aria-hidden="true" />
                <span className={styles.label}>{label}</span>
                <Outcome told={told.get(keyOf(request))} />
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Outcome({ told }: { told: Told | undefined }) {
  if (told === undefined) return null;
  if (told === 'busy') return <span className={styles.answer}>sending</span>;
  const [answer] = told === 'failed' ? [] : told;
  return answer ? (
    <span className={styles.answer} data-taken={isTaken(answer)}>
      {answerWords(answer)}
    </span>
  ) : (
    <span className={styles.answer} data-taken="false">
      not sent
    </span>
  );
}
