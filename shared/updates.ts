import * as z from 'zod/mini';

/** When the feed last answered, epoch ms; null where it has not since the start. */
const checkedAt = z.nullable(z.int());

/** How the app comes to its updates, and how that stands. */
export const Updates = z.discriminatedUnion('status', [
  /** Nobody is asked: Hookbell was not installed, or without a feed. Updates come from where it came from. */
  z.object({ status: z.literal('off'), why: z.enum(['not-packaged', 'no-feed']) }),
  /** A package manager replaces the files. Hookbell notices when it has. */
  z.object({ status: z.literal('watching') }),
  /** The feed has nothing newer. */
  z.object({ status: z.literal('current'), checkedAt }),
  z.object({ status: z.literal('checking'), checkedAt }),
  z.object({ status: z.literal('downloading'), version: z.string(), checkedAt }),
  /** A restart brings another version. `version` null: it is newer, and a Flatpak does not say which it is. */
  z.object({
    status: z.literal('ready'),
    version: z.nullable(z.string()),
    how: z.enum(['installed', 'downloaded']),
    isOlder: z.boolean(),
    /** The last restart was to bring it, and did not. */
    isMissed: z.boolean(),
  }),
  /** `message` is the system's. */
  z.object({
    status: z.literal('failed'),
    why: z.enum(['insecure', 'unreachable', 'not-replaceable']),
    message: z.string(),
    checkedAt,
  }),
]);
export type Updates = z.infer<typeof Updates>;
