import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { number, size } from '../../shared/english.ts';
import type { Settled } from '../../shared/ipc.ts';
import type { Loss, Retention } from '../../shared/settings.ts';
import { ask } from '../state.ts';
import { dateOf } from '../time.ts';
import { Line } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import { whyNot } from '../words/problems.ts';
import { lossIn, RemovalQuestion } from './RemovalQuestion.tsx';
import styles from './Settings.module.css';

const dayChoices = [30, 90, 365, 3650];
const dayWords: Record<number, string> = {
  30: '30 days',
  90: '90 days',
  365: '1 year',
  3650: '10 years',
};
const entryChoices = [10_000, 100_000, 1_000_000];
const byteChoices = [256, 1024, 4096].map((mebibytes) => mebibytes * 1_048_576);

type Props = { app: Pick<AppState, 'retention' | 'storage' | 'entries'> };

export function RetentionSettings({ app }: Props) {
  const { retention } = app;
  const [failure, setFailure] = useState<string | null>(null);
  const [question, setQuestion] = useState<{ retention: Retention; loss: Loss } | null>(null);

  const change = (changed: Partial<Retention>) => {
    const wanted = { ...retention, ...changed };
    setFailure(null);
    const asking = ask('changeRetention', { retention: wanted, agreedUpTo: null });
    const settling = asking.then<Settled>((outcome) => {
      const loss = lossIn(outcome);
      if (!loss) return outcome;
      setQuestion({ retention: wanted, loss });
      return { status: 'done' };
    });
    void whyNot(settling).then(setFailure);
  };

  return (
    <>
      <Kept app={app} />
      <Limit
        label="Keep events for"
        hint="After that the oldest go. New ones are always taken."
        value={retention.days}
        choices={dayChoices}
        words={(days) => dayWords[days] ?? `${days} days`}
        onChange={(days) => change({ days })}
      />
      <Limit
        label="Keep at most"
        value={retention.entries}
        choices={entryChoices}
        words={(count) => `${number(count)} events`}
        onChange={(count) => change({ entries: count })}
      />
      <Limit
        label="Use on disk at most"
        value={retention.bytes}
        choices={byteChoices}
        words={(bytes) => `${number(bytes / 1_048_576)} MiB`}
        onChange={(bytes) => change({ bytes })}
      />
      {failure === null ? null : (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
      {question ? <RemovalQuestion {...question} onClose={() => setQuestion(null)} /> : null}
    </>
  );
}

function Kept({ app: { retention, storage, entries } }: Props) {
  const used = Math.min(1, Math.max(storage.bytes / retention.bytes, entries / retention.entries));
  const events = `${number(entries)} of at most ${number(retention.entries)} events`;
  return (
    <Line
      label="Kept"
      hint={
        storage.oldestAt === null
          ? events
          : `${events}, ${size(storage.bytes)}, since ${dateOf(storage.oldestAt)}`
      }
    >
      <meter
        className={styles.meter}
        aria-label="Share of the room for the history that is used"
        min={0}
        max={1}
        value={used}
      />
    </Line>
  );
}

type LimitProps = {
  label: string;
  hint?: string;
  value: number;
  choices: number[];
  words: (value: number) => string;
  onChange: (value: number) => void;
};

function Limit({ label, hint, value, choices, words, onChange }: LimitProps) {
  // A value that was set elsewhere is a choice too.
  const all = [...new Set([...choices, value])].sort((a, b) => a - b);
  return (
    <Line label={label} hint={hint}>
      <Segments
        label={label}
        value={String(value)}
        onChange={(chosen) => onChange(Number(chosen))}
        choices={all.map((one) => ({ value: String(one), label: words(one) }))}
      />
    </Line>
  );
}
