import type { Held } from './held.ts';
import { mostHeld } from './held.ts';
import type { Log } from './log/log.ts';
import type { QuarantineRecord } from './record.ts';

/** What the log may take up. Evicted records stay in it until their segment is removed. */
const mostLogRecords = 2 * mostHeld;
const mostLogBytes = 32 * 1024 * 1024;

/**
 * Compacts the quarantine's log: removes the oldest segments of which nothing is held. While the log is over its limits, held records of
 * the oldest segment are appended again first, so that a crash leaves them twice and never not at all.
 */
export const createCompaction = (
  log: Log<QuarantineRecord>,
  list: () => Held[],
  onCopied: (record: QuarantineRecord) => void,
): (() => Promise<void>) => {
  const isOverfull = (): boolean => {
    const segments = [...log.segments, ...log.unsealed];
    const records = segments.reduce((sum, { count }) => sum + count, 0);
    return (
      records > mostLogRecords || segments.reduce((sum, { bytes }) => sum + bytes, 0) > mostLogBytes
    );
  };

  async function compact(): Promise<void> {
    for (let oldest = log.segments[0]; oldest; oldest = log.segments[0]) {
      const { number, lastSeq } = oldest;
      const staying = list().filter(({ seq }) => seq <= lastSeq);
      if (staying.length > 0 && !isOverfull()) return;
      for (const { seq, number: first } of staying) {
        const record = await log.get(seq);
        if (record) onCopied(await log.append((at) => ({ ...record, seq: at, number: first })));
      }
      await log.removeOldest((one) => one.number === number);
      if (log.segments[0]?.number === number) return;
    }
  }

  let underway: Promise<void> | null = null;
  return (): Promise<void> => {
    underway ??= compact().finally(() => {
      underway = null;
    });
    return underway;
  };
};
