import * as z from 'zod/mini';
import { runStages } from './event.ts';

/** One stage of a run. Instants are epoch ms. */
export const StageView = z.object({
  stage: z.enum(runStages),
  /** Null where only its end was told. */
  startedAt: z.nullable(z.int()),
  /** Null while no end was told. */
  endedAt: z.nullable(z.int()),
  /** `end-unknown`: the next one of this user began, and no end was told. */
  outcome: z.enum(['going-on', 'completed', 'failed', 'end-unknown']),
  /** The entry that told its end, else its start. */
  seq: z.int(),
  /** How long it took, or takes until now; null where start or end is unknown. */
  elapsedMs: z.nullable(z.int()),
  /** The median of the last completed ones of this user; null without one. */
  usualMs: z.nullable(z.int()),
});
export type StageView = z.infer<typeof StageView>;

/** A recalculation of one user: the matching of transfers, then the working out of gains and losses, or one of them alone. */
export const Run = z.object({
  sourceId: z.string(),
  /** As the `id` of an `Owner`; empty where the provider names nobody. */
  userId: z.string(),
  /** Its name for the window; null where only the id is known. */
  user: z.nullable(z.string()),
  simulated: z.boolean(),
  /** In order: one or two. */
  stages: z.array(StageView),
  /** As of its last stage. */
  outcome: StageView.shape.outcome,
  /** The stage that goes on takes over 1.5 times as long as usual. */
  overdue: z.boolean(),
  /** The stage that goes on has had no end for so long that it counts as stuck. */
  stuck: z.boolean(),
  /** It is stuck, and deliveries could not be received for a while since it began. */
  endMayBeMissed: z.boolean(),
});
export type Run = z.infer<typeof Run>;

/** How long the last completed stages of a user took, oldest first. */
export const StageDurations = z.object({
  sourceId: z.string(),
  userId: z.string(),
  user: z.nullable(z.string()),
  simulated: z.boolean(),
  stage: z.enum(runStages),
  usualMs: z.int(),
  lasted: z.array(z.object({ endedAt: z.int(), ms: z.int(), seq: z.int() })),
});
export type StageDurations = z.infer<typeof StageDurations>;
