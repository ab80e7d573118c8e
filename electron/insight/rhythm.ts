import * as z from 'zod/mini';
import type { ReachableTime } from './reachable-time.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** The arrivals of one UTC day: the first, the last (epoch ms), and a bit for each hour that had one. */
const ArrivalDay = z.tuple([z.int(), z.int(), z.int()]);
type ArrivalDay = z.infer<typeof ArrivalDay>;

/** When deliveries came, in at most 40 days. It depends on the set of arrivals alone: not on their order, and not on repetitions. */
export const Rhythm = z.object({
  /** Oldest first. */
  days: z.array(ArrivalDay),
  /** When an arrival was last imported, epoch ms: what came in between was received elsewhere. */
  importedAt: z.optional(z.int()),
});
export type Rhythm = z.infer<typeof Rhythm>;

/** More than a judgement uses, because a clock that was ahead leaves arrivals in the future. */
const mostDays = 40;
const usedMs = 35 * dayMs;
const leastKnownMs = 7 * dayMs;
const leastArrivals = 5;
const shortestSilenceMs = dayMs;
const pausesInSilence = 3;
/** A silence is called one only where the rhythm was known for twice as long. */
const knownTimes = 2;

/** What a rhythm says about the present. Instants are epoch ms. */
export type RhythmJudgement =
  /** Fewer than five arrivals, or less than a week from the first to the last. */
  | { readonly status: 'learning' }
  /** It comes so seldom or so irregularly that a silence would prove nothing. */
  | { readonly status: 'irregular'; readonly lastAt: number; readonly usualMs: number }
  | { readonly status: 'regular'; readonly lastAt: number; readonly usualMs: number }
  | { readonly status: 'silent'; readonly lastAt: number; readonly usualMs: number };

/** `since`: the last arrival, epoch ms. `usualMs`: the usual time between two arrivals. */
export type Silenced = { readonly since: number; readonly usualMs: number };

export const noRhythm: Rhythm = { days: [] };

/** Adds an arrival at `at` (epoch ms), which was imported at `importedAt`. */
export const withArrival = (rhythm: Rhythm, at: number, importedAt?: number): Rhythm => {
  const added: ArrivalDay = [at, at, 1 << Math.floor((at - dayOf(at) * dayMs) / hourMs)];
  const same = rhythm.days.find(([first]) => dayOf(first) === dayOf(at));
  const others = rhythm.days.filter((day) => day !== same);
  const days = [...others, same ? union(same, added) : added].sort(([a], [b]) => a - b);
  const imports = [rhythm.importedAt, importedAt].filter((one) => one !== undefined);
  return {
    days: days.slice(-mostDays),
    ...(imports.length > 0 ? { importedAt: Math.max(...imports) } : {}),
  };
};

/** The last arrival, epoch ms; null without one. */
export const lastArrivalOf = ({ days }: Rhythm): number | null => days.at(-1)?.[1] ?? null;

/**
 * Judges the five weeks before the last arrival. It is silent when nothing came for longer than the three longest pauses together, and for at
 * least a day. Time in which nothing could be received counts neither as pause nor as silence.
 */
export const judgeRhythm = (
  rhythm: Rhythm,
  now: number,
  reachable: ReachableTime,
): RhythmJudgement => {
  const days = usedDays(rhythm, now);
  const [firstAt, lastAt] = [days[0]?.[0], days.at(-1)?.[1]];
  if (firstAt === undefined || lastAt === undefined) return { status: 'learning' };
  const arrivals = days.reduce((sum, [, , hours]) => sum + hoursIn(hours), 0);
  if (arrivals < leastArrivals || lastAt - firstAt < leastKnownMs) return { status: 'learning' };
  const usual = { lastAt, usualMs: usualOf(pausesIn(days, (from, to) => to - from)) };
  const silentAfterMs = silentAfter(pausesIn(days, reachable));
  if (reachable(firstAt, lastAt) < knownTimes * silentAfterMs)
    return { status: 'irregular', ...usual };
  const silentMs = reachable(watchedFrom(rhythm, lastAt, now), now);
  return { status: silentMs > silentAfterMs ? 'silent' : 'regular', ...usual };
};

/** Null while it is not silent, and while that cannot be judged. */
export const silenceOf = (
  rhythm: Rhythm,
  now: number,
  reachable: ReachableTime,
): Silenced | null => {
  const { days } = rhythm;
  // Most rhythms had an arrival within the shortest silence, which needs no further look.
  const last = days.at(-1)?.[1];
  if (last !== undefined && last <= now && now - last <= shortestSilenceMs) return null;
  const judged = judgeRhythm(rhythm, now, reachable);
  return judged.status === 'silent' ? { since: judged.lastAt, usualMs: judged.usualMs } : null;
};

/** The past spans (epoch ms) at whose end it was silent. */
export const pastSilences = (
  { days }: Rhythm,
  reachable: ReachableTime,
): { readonly from: number; readonly to: number }[] =>
  days.flatMap(([to], index) => {
    const before = { days: days.slice(0, index) };
    const silence = silenceOf(before, to, reachable);
    return silence ? [{ from: silence.since, to }] : [];
  });

const dayOf = (at: number): number => Math.floor(at / dayMs);

const union = (one: ArrivalDay, other: ArrivalDay): ArrivalDay => [
  Math.min(one[0], other[0]),
  Math.max(one[1], other[1]),
  one[2] | other[2],
];

const hoursIn = (hours: number): number => {
  let count = 0;
  for (let hour = 0; hour < 24; hour += 1) count += (hours >> hour) & 1;
  return count;
};

/** The five weeks up to the last arrival. Arrivals after now are those of a clock that was ahead. */
const usedDays = ({ days }: Rhythm, now: number): ArrivalDay[] => {
  const past = days.flatMap(([first, last, hours]): ArrivalDay[] =>
    first <= now ? [[first, Math.min(last, now), hours]] : [],
  );
  const lastAt = past.at(-1)?.[1] ?? now;
  return past.filter(([first]) => first >= lastAt - usedMs);
};

/** Arrivals between an imported one and its import were received elsewhere. */
const watchedFrom = ({ importedAt }: Rhythm, lastAt: number, now: number): number =>
  importedAt !== undefined && importedAt > lastAt && importedAt <= now ? importedAt : lastAt;

/** Pauses of equal length. */
type Pauses = { readonly ms: number; readonly times: number };

/**
 * The pauses between arrivals, those within one hour left out. The pauses within a day count as equally long: each of them is shorter than
 * the shortest silence.
 */
const pausesIn = (days: readonly ArrivalDay[], timeOf: ReachableTime): Pauses[] =>
  days.flatMap(([first, last, hours], index) => {
    const times = hoursIn(hours) - 1;
    const within = times > 0 ? [{ ms: timeOf(first, last) / times, times }] : [];
    const next = days[index + 1];
    return next ? [...within, { ms: timeOf(last, next[0]), times: 1 }] : within;
  });

const silentAfter = (pauses: readonly Pauses[]): number => {
  const longest = [...pauses].sort((a, b) => b.ms - a.ms);
  let [left, sum] = [pausesInSilence, 0];
  for (const { ms, times } of longest) {
    sum += ms * Math.min(left, times);
    left -= Math.min(left, times);
  }
  return Math.max(shortestSilenceMs, sum);
};

/** Half of the time lies in pauses of at most this length, half in longer ones: a burst of many short ones does not count more than it lasts. */
const usualOf = (pauses: readonly Pauses[]): number => {
  const sorted = [...pauses].sort((a, b) => a.ms - b.ms);
  const half = sorted.reduce((sum, { ms, times }) => sum + ms * times, 0) / 2;
  let passed = 0;
  for (const { ms, times } of sorted) {
    passed += ms * times;
    if (passed >= half) return Math.round(ms);
  }
  return 0;
};
