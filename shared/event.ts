import * as z from 'zod/mini';
import { eventKinds, severities } from './kinds.ts';

/**
 * One labelled detail of an event, in text that is safe to show: already cleaned, never markup. What stands so in the body can
 * be searched for; what Hookbell made of it cannot.
 */
export const Fact = z.discriminatedUnion('form', [
  z.object({ form: z.literal('text'), label: z.string(), value: z.string() }),
  /** An id, address or hash: shown in monospace, with a copy button. */
  z.object({ form: z.literal('code'), label: z.string(), value: z.string() }),
  /** A number that was worked out, such as a price: shown like a code. */
  z.object({ form: z.literal('amount'), label: z.string(), value: z.string() }),
  /** Hookbell's own words about the delivery. */
  z.object({ form: z.literal('remark'), label: z.string(), value: z.string() }),
  /** An instant, epoch ms. */
  z.object({ form: z.literal('time'), label: z.string(), at: z.int() }),
]);
export type Fact = z.infer<typeof Fact>;

/** What an event says of an account's health. */
export const Health = z.enum(['working', 'failing', 'failing-for-now', 'unchanged', 'removed']);
export type Health = z.infer<typeof Health>;

/**
 * The thing that happened, where several deliveries may report it. Deliveries of one source that share a key report the same
 * thing, whatever their ids.
 */
export const Occurrence = z.object({
  keys: z.array(z.string()),
  /** Through which connection of the provider it was reported; null when it does not say. */
  reporter: z.nullable(z.string()),
});
export type Occurrence = z.infer<typeof Occurrence>;

/** What a delivery means, in the provider-neutral words of Hookbell. All text is plain, cleaned and meant for people. */
export const ProviderEvent = z.object({
  kind: z.enum(eventKinds),
  /** The provider's own name of the event, such as `integration.failed`. */
  type: z.string(),
  title: z.string(),
  /** The title with its names cut for a notification (40 characters); absent when that changes nothing. */
  shortTitle: z.optional(z.string()),
  /** The second line; may be empty. */
  summary: z.string(),
  severity: z.enum(severities),
  /** The provider's own time of the event, epoch ms; null when it gave none that is a date. */
  occurredAt: z.nullable(z.int()),
  /** The wallet or exchange connection this is about. `id` is the provider's, opaque, unique within the source. */
  account: z.nullable(z.object({ id: z.string(), name: z.string(), health: Health })),
  /** Absent where each delivery of the source tells of something of its own. */
  occurrence: z.optional(Occurrence),
});
export type ProviderEvent = z.infer<typeof ProviderEvent>;

/** Why a signed body is no event at all. */
export const UnreadableBody = z.enum([
  'empty',
  'not-json',
  'not-an-object',
  'too-deep',
  'too-many-values',
]);
export type UnreadableBody = z.infer<typeof UnreadableBody>;

/** What a delivery was understood to be, once it was believed. */
export const Reading = z.discriminatedUnion('status', [
  z.object({ status: z.literal('event'), event: ProviderEvent }),
  /** Accepted, but of a type not known; `unreadable` says why where the body holds no JSON object. */
  z.object({
    status: z.literal('unrecognized'),
    type: z.nullable(z.string()),
    unreadable: z.optional(UnreadableBody),
  }),
]);
export type Reading = z.infer<typeof Reading>;

/** Why a delivery was believed. */
export const Proof = z.discriminatedUnion('status', [
  /**
   * A signature proves it; `secret` is the position of the one that matched, 0 being the newest. Null where it was read from an
   * export that does not tell.
   */
  z.object({ status: z.literal('verified'), secret: z.nullable(z.int()) }),
  /** The provider signs nothing: the token fits, and so does what else there is to check. `not-told`: by the export it was read from. */
  z.object({
    status: z.literal('trusted'),
    clientId: z.enum(['matched', 'not-used', 'not-told']),
    address: z.enum(['allowed', 'unknown', 'not-used', 'not-told']),
  }),
]);
export type Proof = z.infer<typeof Proof>;
