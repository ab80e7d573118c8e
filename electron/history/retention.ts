import type { Loss, Retention } from '../../shared/settings.ts';
import type { OnWriteResult } from '../storage/write-result.ts';
import type { Log } from './log/log.ts';
import type { ShouldRemove } from './log/remover.ts';
import type { SegmentInfo, Sequenced } from './log/segments.ts';
import type { Marks } from './marks.ts';

export const keepEverything: Retention = {
  days: Number.POSITIVE_INFINITY,
  entries: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

const day = 24 * 60 * 60 * 1000;
/** Before the first Hookbell (epoch ms): an earlier time comes from a wrong clock. */
const began = Date.UTC(2026, 0, 1);

/** When the oldest segment was filled, epoch ms. Times of a wrong clock are skipped. */
const filledAt = (stored: readonly SegmentInfo[], now: number): number =>
  stored.find(({ lastAt }) => lastAt >= began && lastAt <= now + day)?.lastAt ?? now;

/** Whether the oldest sealed segment is removed (H15): it is older than the days, the rest holds enough entries, or all are too large. */
export const goes = (
  oldest: SegmentInfo,
  stored: readonly SegmentInfo[],
  unsealed: number,
  { days, entries, bytes }: Retention,
  now: number,
): boolean => {
  const all = stored.reduce((sum, { count }) => sum + count, unsealed);
  return (
    now - filledAt(stored, now) > days * day ||
    all - oldest.count >= entries ||
    stored.reduce((sum, segment) => sum + segment.bytes, 0) > bytes
  );
};

/** The loss that comes with these segments; null where there is none. */
export const lossOf = (gone: readonly SegmentInfo[]): Loss | null => {
  const last = gone.at(-1);
  if (!last) return null;
  const countOf = (segments: readonly SegmentInfo[]) =>
    segments.reduce((sum, { count }) => sum + count, 0);
  return {
    events: countOf(gone.filter(({ damaged }) => !damaged)),
    unreadable: countOf(gone.filter(({ damaged }) => damaged)),
    until: Math.max(...gone.map(({ lastAt }) => lastAt)),
    upTo: last.lastSeq,
  };
};

/** A removal may take this many more entries than the question named, because events arrive while the person reads it. */
const mostUnsaid = 1024;

/** Whether the person has agreed to a loss: up to this sequence number, or to none (null). */
export const isAgreed = ({ upTo }: Loss, agreedUpTo: number | null): boolean =>
  agreedUpTo !== null && upTo <= agreedUpTo + mostUnsaid;

/** The limits that hold now: none where they are not known, and no age while the clock may be wrong. */
export const limitsNow = (chosen: Retention | null, isClockTrusted: boolean): Retention => {
  if (!chosen) return keepEverything;
  return isClockTrusted ? chosen : { ...chosen, days: keepEverything.days };
};

const spans = [30, 90, 365, 3650];
const step = 100_000;

/** Limits under which no entry of an import is removed by its age or number: as they are, or wider. `now`: epoch ms. */
export const retentionFor = (
  { of, oldestAt }: { readonly of: number; readonly oldestAt: number },
  retention: Retention,
  now: number,
): Retention => {
  const days = (now - oldestAt) / day;
  const span = spans.find((one) => one > days && one >= retention.days) ?? spans.at(-1) ?? 0;
  return {
    days: days < retention.days ? retention.days : Math.max(retention.days, span),
    entries: Math.max(retention.entries, Math.ceil((of + 1) / step) * step),
    bytes: retention.bytes,
  };
};

export type RetentionOptions = {
  readonly log: Pick<
    Log<Sequenced>,
    'unsealedCount' | 'firstSeq' | 'readOnly' | 'removeOldest' | 'wouldRemove'
  >;
  readonly marks: Pick<Marks, 'removeOld'>;
  readonly saveSoon: () => void;
  readonly retention: () => Retention;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onWriteResult: OnWriteResult;
  readonly onRemoved?: (upTo: number) => void;
};

/** Removes entries that are over the limits, and their marks. */
export type HistoryRetention = {
  /** Removes the oldest segments, never the open one. Never rejects. */
  removeOld(): Promise<void>;
  /** What `removeOld` would remove at once under these limits; null where that is nothing. */
  lossUnder(limits: Retention): Promise<Loss | null>;
};

export const createRetention = (options: RetentionOptions): HistoryRetention => {
  const { log, marks, saveSoon, retention, now, onWriteResult, onRemoved = () => {} } = options;

  const over =
    (limits: Retention): ShouldRemove =>
    (oldest, stored) =>
      goes(oldest, stored, log.unsealedCount, limits, now());

  return {
    removeOld: async () => {
      const { firstSeq } = log;
      try {
        await log.removeOldest((oldest, stored) => over(retention())(oldest, stored));
        onWriteResult('retention', null);
      } catch (error) {
        onWriteResult('retention', error);
      }
      if (log.firstSeq > firstSeq) onRemoved(log.firstSeq - 1);
      if (!log.readOnly && (await marks.removeOld())) saveSoon();
    },
    lossUnder: async (limits) => lossOf(await log.wouldRemove(over(limits))),
  };
};
