import * as z from 'zod/mini';

export const PauseLength = z.enum(['1h', 'morning', 'resumed']);
export type PauseLength = z.infer<typeof PauseLength>;

/** A pause that the person began. */
export const Pause = z.object({
  length: PauseLength,
  /** Epoch ms. */
  since: z.int(),
  /** Epoch ms; null until it is resumed. */
  until: z.nullable(z.int()),
});
export type Pause = z.infer<typeof Pause>;

/** Why notifications wait, until when (epoch ms; null without an end), and whether grave ones do not. */
export const HoldView = z.object({
  why: z.enum(['paused', 'quiet-hours']),
  until: z.nullable(z.int()),
  admitsGrave: z.boolean(),
});
export type HoldView = z.infer<typeof HoldView>;
