import * as z from 'zod/mini';

/** Why a request was refused before authentication. `renderer/words/refusals.ts` has the words. */
export const Refusal = z.enum([
  /** The path has a source's provider, but no valid token. */
  'wrong-token',
  'wrong-path',
  'wrong-method',
  'wrong-host',
  'from-browser',
  'not-through-tunnel',
  /** The sender failed too often within a minute. */
  'too-many-failures',
  /** The unsigned deliveries of the source fill their share of the history. */
  'share-used-up',
  /** No capacity. */
  'busy',
  /** The source's secrets cannot be read now. */
  'locked',
  /** The URL may belong to a source that was lost with the settings. */
  'settings-lost',
  /** The write failed. */
  'not-kept',
  'malformed',
  'unknown-expectation',
  'headers-too-large',
  'too-slow',
  'too-many-connections',
]);
export type Refusal = z.infer<typeof Refusal>;

/** Counts since the start. `tests` of them came from our own simulator; `lastAt` is epoch ms. */
export const RefusalCount = z.object({
  why: Refusal,
  times: z.int(),
  tests: z.int(),
  lastAt: z.int(),
});
export type RefusalCount = z.infer<typeof RefusalCount>;
