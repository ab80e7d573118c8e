import { CircleCheck, CircleDashed, CircleDot, CloudAlert, CloudOff } from 'lucide-react';
import type { Pipe } from '../../shared/pipe.ts';
import { Ago } from '../ui/Ago.tsx';
import { pipeWords } from '../words/pipe.ts';
import styles from './Header.module.css';

const icons = {
  connecting: CircleDashed,
  receiving: CircleCheck,
  'local-only': CircleDot,
  degraded: CloudAlert,
  offline: CloudOff,
} satisfies Record<Pipe['status'], unknown>;

export function PipeWord({ pipe }: { pipe: Pipe }) {
  const Icon = icons[pipe.status];
  return (
    <span className={styles.word} data-status={pipe.status}>
      <Icon size={16} aria-hidden="true" />
      {pipeWords(pipe).word}
    </span>
  );
}

export function PipeState({ pipe }: { pipe: Pipe }) {
  const { place, meaning } = pipeWords(pipe);

  return (
    <span className={styles.pipe} title={meaning}>
      <PipeWord pipe={pipe} />
      {pipe.status === 'offline' ? (
        <span className={styles.part}>
          <Ago at={pipe.since} form="lasting" />
        </span>
      ) : place === '' ? null : (
        <span className={styles.part}>{place}</span>
      )}
    </span>
  );
}
