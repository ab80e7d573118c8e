import type { Loss, Retention } from '../../shared/settings.ts';
import type { SegmentInfo } from './segments.ts';

export const keepEverything: Retention = {
  days: Number.POSITIVE_INFINITY,
  entries: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

const day = 24 * 60 * 60 * 1000;
/** There was no Hookbell before; epoch ms. */
const began = Date.UTC(2026, 0, 1);

/** When the oldest segment was filled, epoch ms. A clock that was wrong does not say; then it was before the next that was not. */
const filledAt = (kept: readonly SegmentInfo[], now: number): number =>
  kept.find(({ lastAt }) => lastAt >= began && lastAt <= now + day)?.lastAt ?? now;

/** Whether the oldest sealed segment goes (H15): when it is wholly older than the days, or the rest holds enough entries, or all is too large. */
export const goes = (
  oldest: SegmentInfo,
  kept: readonly SegmentInfo[],
  unsealed: number,
  { days, entries, bytes }: Retention,
  now: number,
): boolean => {
  const all = kept.reduce((sum, { count }) => sum + count, unsealed);
  return (
    now - filledAt(kept, now) > days * day ||
    all - oldest.count >= entries ||
    kept.reduce((sum, segment) => sum + segment.bytes, 0) > bytes
  );
};

/** What is lost with segments that go, from the oldest on; null where none does. */
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

/** So many more may go than was said: while a question is read events arrive, and push out as many of the oldest. */
const mostUnsaid = 1024;

/** Whether the person has agreed to a loss: to one up to this number, null where to none. */
export const isAgreed = ({ upTo }: Loss, agreedUpTo: number | null): boolean =>
  agreedUpTo !== null && upTo <= agreedUpTo + mostUnsaid;

/** What holds now: nothing is too large or too old where the limits are not known, or too old where the clock may be wrong. */
export const limitsNow = (chosen: Retention | null, isClockTrusted: boolean): Retention => {
  if (!chosen) return keepEverything;
  return isClockTrusted ? chosen : { ...chosen, days: keepEverything.days };
};

const spans = [30, 90, 365, 3650];
const step = 100_000;

/** The limits under which nothing of an import goes by its age or number: as they are, or wider. Now: epoch ms. */
export const roomFor = (
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
