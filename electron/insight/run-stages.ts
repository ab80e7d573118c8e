import * as z from 'zod/mini';
import { type RunStage, RunStep } from '../../shared/event.ts';
import type { StageView } from '../../shared/run.ts';

/** One step as an entry told it. `at` orders it, see `compareSteps`. */
export const ToldStep = z.object({
  seq: z.int(),
  /** The entry's id. */
  id: z.string(),
  phase: RunStep.shape.phase,
  /** The provider's time, or the receipt where that is earlier or there is no provider's time (epoch ms). */
  at: z.int(),
  /** The provider's time as sent (epoch ms); null without one. */
  datedAt: z.nullable(z.int()),
});
export type ToldStep = z.infer<typeof ToldStep>;

/** More than the steps of the 20 stages that make the usual time. */
const mostSteps = 64;

const ranks = { started: 0, failed: 1, completed: 2 } as const satisfies Record<
  ToldStep['phase'],
  number
>;

const compareSteps = (a: ToldStep, b: ToldStep): number =>
  a.at - b.at ||
  (a.datedAt ?? a.at) - (b.datedAt ?? b.at) ||
  ranks[a.phase] - ranks[b.phase] ||
  (a.id < b.id ? -1 : 1);

/** Two connections of one user tell of one step with the same time. */
const areOne = (a: ToldStep, b: ToldStep): boolean =>
  a.seq === b.seq || (a.phase === b.phase && a.datedAt !== null && a.datedAt === b.datedAt);

/** Adds a step wherever it belongs, and forgets the oldest beyond 64. Idempotent; the order of additions does not matter. */
export const withStep = (steps: readonly ToldStep[], step: ToldStep): readonly ToldStep[] => {
  const twin = steps.find((known) => areOne(known, step));
  if (twin && compareSteps(twin, step) <= 0) return steps;
  return [...steps.filter((known) => known !== twin), step].sort(compareSteps).slice(-mostSteps);
};

/** A stage of one user from its start to its end, as far as they were told. Instants are epoch ms. */
export type Stage = Pick<StageView, 'stage' | 'startedAt' | 'endedAt' | 'outcome' | 'seq'>;

/** The stages that steps in order add up to, oldest first. Only the last one can go on. */
export const stagesOf = (stage: RunStage, steps: readonly ToldStep[]): Stage[] => {
  const stages: Stage[] = [];
  let start: ToldStep | null = null;
  const add = (
    startedAt: number | null,
    endedAt: number | null,
    rest: Pick<Stage, 'outcome' | 'seq'>,
  ) => stages.push({ stage, startedAt, endedAt, ...rest });
  for (const { phase, at, seq, ...more } of steps) {
    if (phase === 'started') {
      if (start) add(start.at, null, { outcome: 'end-unknown', seq: start.seq });
      start = { phase, at, seq, ...more };
    } else {
      add(start?.at ?? null, at, { outcome: phase, seq });
      start = null;
    }
  }
  if (start) add(start.at, null, { outcome: 'going-on', seq: start.seq });
  return stages;
};

/** So many of the last completed stages make the usual time. */
const mostLasted = 20;

export type Lasted = { readonly endedAt: number; readonly ms: number; readonly seq: number };

/** How long the last completed stages took, oldest first. */
export const lastedOf = (stages: readonly Stage[]): Lasted[] =>
  stages
    .flatMap(({ startedAt, endedAt, outcome, seq }) =>
      outcome === 'completed' && startedAt !== null && endedAt !== null
        ? [{ endedAt, ms: endedAt - startedAt, seq }]
        : [],
    )
    .slice(-mostLasted);

/** The median, in whole ms; null of nothing. */
export const usualOf = (lasted: readonly Lasted[]): number | null => {
  const sorted = lasted.map(({ ms }) => ms).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? upper);
  return Math.round((lower + upper) / 2);
};

const minute = 60_000;

/** After how long without an end a stage counts as stuck, in ms. */
export const stuckAfter = (usualMs: number | null): number =>
  usualMs === null ? 120 * minute : Math.max(3 * usualMs, 30 * minute);

/** Gains and losses that begin so soon after the matching of transfers belong to its run, in ms. */
const togetherMs = 30 * minute;

/** Pairs the stages of one user to runs: each list is oldest first, as is the result by the begin of each run. */
export const pairedStages = (transfers: readonly Stage[], gains: readonly Stage[]): Stage[][] => {
  const alone = new Set(transfers);
  const runs = gains.map((gain) => {
    const begin = beginOf(gain);
    const before = transfers.findLast(
      (one) =>
        alone.has(one) &&
        one.outcome === 'completed' &&
        one.endedAt !== null &&
        one.endedAt <= begin &&
        begin - one.endedAt <= togetherMs,
    );
    if (before) alone.delete(before);
    return before ? [before, gain] : [gain];
  });
  return [...[...alone].map((one) => [one]), ...runs].sort(
    ([one], [other]) => beginOf(one) - beginOf(other),
  );
};

const beginOf = (stage: Stage | undefined): number => stage?.startedAt ?? stage?.endedAt ?? 0;
