import * as z from 'zod/mini';

/** A time span in which deliveries could not be received or recorded. */
export const Gap = z.object({
  /** Epoch ms. */
  from: z.int(),
  to: z.int(),
  reason: z.enum(['asleep', 'quit', 'crashed', 'tunnel', 'port', 'disk']),
});
export type Gap = z.infer<typeof Gap>;

/** A part of the history that was recorded and later damaged. */
export const Damage = z.object({
  /** Epoch ms. */
  from: z.int(),
  to: z.int(),
  /** Null when unknown. */
  entries: z.nullable(z.int()),
});
export type Damage = z.infer<typeof Damage>;
