import * as z from 'zod/mini';

/** A span in which nothing could be received, or kept. */
export const Gap = z.object({
  /** Epoch ms. */
  from: z.int(),
  to: z.int(),
  reason: z.enum(['asleep', 'quit', 'crashed', 'tunnel', 'port', 'disk']),
});
export type Gap = z.infer<typeof Gap>;

/** A part of the history that cannot be read: its entries were kept, and their file was damaged later. */
export const Damage = z.object({
  /** Epoch ms. */
  from: z.int(),
  to: z.int(),
  entries: z.int(),
  /** How many there were is a guess. */
  guessed: z.boolean(),
});
export type Damage = z.infer<typeof Damage>;
