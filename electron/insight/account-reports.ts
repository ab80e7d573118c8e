import * as z from 'zod/mini';
import { Health } from '../../shared/event.ts';

/** One report of an account's health. `at` orders it, see `compareReports`. */
export const Report = z.object({
  seq: z.int(),
  /** The entry's id. */
  id: z.string(),
  health: Health,
  /** The provider's time, or the receipt where that is earlier or there is no provider's time (epoch ms). */
  at: z.int(),
  /** The provider's time as sent (epoch ms); null without one. */
  datedAt: z.nullable(z.int()),
});
export type Report = z.infer<typeof Report>;

/** The oldest failures of a long row, folded. */
const Folded = z.object({
  failures: z.int(),
  since: z.int(),
  /** The entry that opened the condition; null while none did. */
  opener: z.nullable(z.int()),
  /** The last folded one. */
  upTo: Report,
});
type Folded = z.infer<typeof Folded>;

/** What counts of an account's reports: the last success or removal, and the row of failures after it, in order. */
export const Reports = z.object({
  good: z.nullable(Report),
  folded: z.nullable(Folded),
  failures: z.array(Report),
});
export type Reports = z.infer<typeof Reports>;

export const noReports: Reports = { good: null, folded: null, failures: [] };

/** A row of more failures is folded. */
const mostFailures = 50;
/** A temporary failure opens a condition with the third in a row. */
const temporaryFailures = 3;

const ranks = {
  unchanged: 0,
  removed: 1,
  working: 2,
  'failing-for-now': 3,
  failing: 4,
} as const satisfies Record<Health, number>;

/**
 * The order in which reports happened, without regard to their arrival. A provider's time ahead of its receipt counts as the receipt: it may
 * hide no later event, and no earlier event may hide it. Among reports without a provider's time, arrival is all that is known.
 */
export const compareReports = (a: Report, b: Report): number => {
  if (a.at !== b.at) return a.at - b.at;
  if (a.datedAt === null || b.datedAt === null)
    return a.datedAt === b.datedAt ? a.seq - b.seq : a.datedAt === null ? 1 : -1;
  return a.datedAt - b.datedAt || ranks[a.health] - ranks[b.health] || (a.id < b.id ? -1 : 1);
};

const isFailure = ({ health }: Report): boolean =>
  health === 'failing' || health === 'failing-for-now';

/** The latest report in order; null without any. */
export const latestOf = ({ good, failures }: Reports): Report | null => failures.at(-1) ?? good;

/** Adds a report wherever it belongs. Idempotent; the order of additions does not matter. */
export const withReport = (reports: Reports, report: Report): Reports => {
  const { good, folded, failures } = reports;
  if (good && compareReports(report, good) <= 0) return reports;
  const isInFolded = folded !== null && compareReports(report, folded.upTo) <= 0;
  if (!isFailure(report)) {
    // The folded ones are not told apart any more.
    if (isInFolded) return reports;
    const later = failures.filter((failure) => compareReports(failure, report) > 0);
    return {
      good: report,
      folded: later.length < failures.length ? null : folded,
      failures: later,
    };
  }
  if (failures.some(({ seq }) => seq === report.seq)) return reports;
  if (isInFolded) return { ...reports, folded: withMore(folded, report) };
  return foldedBeyond({ ...reports, failures: [...failures, report].sort(compareReports) });
};

const withMore = (folded: Folded, { at }: Report): Folded => ({
  ...folded,
  failures: folded.failures + 1,
  since: Math.min(folded.since, at),
});

const foldedBeyond = (reports: Reports): Reports => {
  const { folded, failures } = reports;
  const [oldest, ...rest] = failures;
  if (!oldest || failures.length <= mostFailures) return reports;
  const before = folded?.failures ?? 0;
  const opener = folded?.opener ?? (opens(oldest, before + 1) ? oldest.seq : null);
  const since = folded?.since ?? oldest.at;
  return {
    ...reports,
    failures: rest,
    folded: { failures: before + 1, since, opener, upTo: oldest },
  };
};

const opens = ({ health }: Report, inARow: number): boolean =>
  health === 'failing' || inARow >= temporaryFailures;

export type Standing = {
  /** `waiting`: temporary failures, not yet frequent enough for a condition. */
  readonly health: 'working' | 'waiting' | 'failing' | 'removed';
  /** Failures in a row. */
  readonly failures: number;
  /** When the first failure of the row happened (epoch ms); null without one. */
  readonly failingSince: number | null;
  /** The open condition: when the row of failures began (epoch ms), and the entry that opened it. */
  readonly condition: { readonly since: number; readonly seq: number } | null;
  /** Epoch ms; null when unknown. */
  readonly lastGoodAt: number | null;
};

/** The health that the reports add up to. */
export const standingOf = ({ good, folded, failures }: Reports): Standing => {
  const before = folded?.failures ?? 0;
  const failingSince = folded?.since ?? failures[0]?.at ?? null;
  const seq =
    folded?.opener ?? failures.find((one, place) => opens(one, before + place + 1))?.seq ?? null;
  const condition = failingSince === null || seq === null ? null : { since: failingSince, seq };
  return {
    health: healthOf(good, failingSince !== null, condition !== null),
    failures: before + failures.length,
    failingSince,
    condition,
    lastGoodAt: good?.health === 'working' ? good.at : null,
  };
};

const healthOf = (good: Report | null, fails: boolean, isOpen: boolean): Standing['health'] => {
  if (isOpen) return 'failing';
  if (fails) return 'waiting';
  return good?.health === 'removed' ? 'removed' : 'working';
};
