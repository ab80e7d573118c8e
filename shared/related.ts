import * as z from 'zod/mini';
import { TimelineEntry } from './timeline.ts';

/** At most so many entries of a group. */
export const relatedAtMost = 5;

/** Entries that have something in common with one, newest first. Each entry is in one group. */
export const Related = z.object({
  /** `conflict`: a delivery with the same id and other content. */
  about: z.enum(['conflict', 'run', 'transaction', 'account']),
  entries: z.array(TimelineEntry),
  /** There are more of them than these. */
  more: z.boolean(),
  /** Finds all of them, as `parseQuery` reads it. */
  query: z.string(),
});
export type Related = z.infer<typeof Related>;

/** What became of a delivery that was delivered again. */
export const DeliveredAgain = z.discriminatedUnion('status', [
  /** `outcome`: `duplicate`, or the reason of the refusal. */
  z.object({ status: z.literal('answered'), code: z.int(), outcome: z.string() }),
  /** `not-reached`: `message` is the system's. */
  z.object({ status: z.literal('not-reached'), message: z.string() }),
  z.object({ status: z.literal('not-sent'), why: z.enum(['gone', 'no-source', 'locked']) }),
]);
export type DeliveredAgain = z.infer<typeof DeliveredAgain>;

/** What became of a delivery that was forwarded to a server on this computer. */
export const Forwarded = z.discriminatedUnion('status', [
  z.object({ status: z.literal('answered'), code: z.int(), ms: z.int() }),
  /** The URL does not do; `message` is for its field. */
  z.object({ status: z.literal('refused'), message: z.string() }),
  /** `message` is the system's. */
  z.object({ status: z.literal('not-reached'), message: z.string() }),
  z.object({ status: z.literal('gone') }),
]);
export type Forwarded = z.infer<typeof Forwarded>;

/** What a command of curl holds: nothing secret; the signature, for a server on this computer; or that and the URL of the source too. */
export const curlForms = ['without-signature', 'with-signature', 'to-endpoint'] as const;
export type CurlForm = (typeof curlForms)[number];
