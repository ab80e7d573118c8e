import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Settled } from '../../shared/ipc.ts';
import type { Loss, Retention } from '../../shared/settings.ts';
import { whyNot } from '../problems.ts';
import { ask } from '../state.ts';
import { dateOf } from '../time.ts';
import { Line } from '../ui/Page.tsx';
import { Segments } from '../ui/Segments.tsx';
import { number, size } from '../words.ts';
import { ForgetQuestion, lossIn } from './ForgetQuestion.tsx';
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

/** How much there is and how long it is kept. */
export function KeptFor({ app }: Props) {
  const { retention, storage, entries } = app;
  const [failure, setFailure] = useState<string | null>(null);
  const [question, setQuestion] = useState<{ retention: Retention; loss: Loss } | null>(null);
  const used = Math.min(1, Math.max(storage.bytes / retention.bytes, entries / retention.entries));

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
      <Line
        label="Kept"
        hint={
          storage.oldestAt === null
            ? `${number(entries)} of at most ${number(retention.entries)} events`
            : `${number(entries)} of at most ${number(retention.entries)} events, ${size(storage.bytes)}, since ${dateOf(storage.oldestAt)}`
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
      <Line label="Keep events for" hint="After that the oldest go. New ones are always taken.">
        <Segments
          label="Keep events for"
          value={String(retention.days)}
          onChange={(days) => change({ days: Number(days) })}
          choices={withCurrent(dayChoices, retention.days).map((days) => ({
            value: String(days),
            label: dayWords[days] ?? `${days} days`,
          }))}
        />
      </Line>
      <Line label="Keep at most">
        <Segments
          label="Keep at most"
          value={String(retention.entries)}
          onChange={(entries) => change({ entries: Number(entries) })}
          choices={withCurrent(entryChoices, retention.entries).map((entries) => ({
            value: String(entries),
            label: `${number(entries)} events`,
          }))}
        />
      </Line>
      <Line label="Use at most">
        <Segments
          label="Use at most"
          value={String(retention.bytes)}
          onChange={(bytes) => change({ bytes: Number(bytes) })}
          choices={withCurrent(byteChoices, retention.bytes).map((bytes) => ({
            value: String(bytes),
            label: `${number(bytes / 1_048_576)} MiB`,
          }))}
        />
      </Line>
      {failure === null ? null : (
        <p className={styles.failed} role="alert">
          {failure}
        </p>
      )}
      {question ? <ForgetQuestion {...question} onClose={() => setQuestion(null)} /> : null}
    </>
  );
}

/** A value set elsewhere is a choice too. */
const withCurrent = (choices: number[], current: number): number[] =>
  [...new Set([...choices, current])].sort((a, b) => a - b);
