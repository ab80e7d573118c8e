import * as z from 'zod/mini';

/** Why a request was turned away before anybody asked who had sent it. `renderer/health/turned-away-words.ts` has the words. */
export const Refusal = z.enum([
  /** It names the provider of a source, but no URL that any has. */
  'wrong-token',
  'wrong-path',
  'wrong-method',
  'wrong-host',
  'from-browser',
  'not-through-tunnel',
  /** Its sender failed too often within a minute. */
  'too-many-failures',
  /** What only the URL of its source vouches for has used up its share of the history. */
  'share-used-up',
  /** More was under way at once than is taken. */
  'busy',
  /** The secrets of its source cannot be read now. */
  'locked',
  /** It may be the URL of a source that was lost with the settings. */
  'settings-lost',
  /** The disk did not take it. */
  'not-kept',
  'malformed',
  'unknown-expectation',
  'headers-too-large',
  'too-slow',
  'too-many-connections',
]);
export type Refusal = z.infer<typeof Refusal>;

/** How often it happened since the app started, `tests` of these by our own simulator, and when last (epoch ms). */
export const TurnedAway = z.object({
  why: Refusal,
  times: z.int(),
  tests: z.int(),
  lastAt: z.int(),
});
export type TurnedAway = z.infer<typeof TurnedAway>;
