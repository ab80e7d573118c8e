import * as z from 'zod/mini';
import { eventKinds, severities } from './kinds.ts';

/** One labelled detail of an event, cleaned and safe to show. Search covers `text` and `code`, which appear verbatim in the body. */
export const Fact = z.discriminatedUnion('form', [
  z.object({ form: z.literal('text'), label: z.string(), value: z.string() }),
  /** An id, address or hash; the window shows a copy button. */
  z.object({
    form: z.literal('code'),
    label: z.string(),
    value: z.string(),
    /** It is the hash of the transaction that the event is about. */
    names: z.optional(z.literal('transaction')),
  }),
  /** A computed number, such as a price. */
  z.object({ form: z.literal('amount'), label: z.string(), value: z.string() }),
  /** Hookbell's own sentence. */
  z.object({ form: z.literal('remark'), label: z.string(), value: z.string() }),
  /** An instant, epoch ms. */
  z.object({ form: z.literal('time'), label: z.string(), at: z.int() }),
]);
export type Fact = z.infer<typeof Fact>;

export const Health = z.enum(['working', 'failing', 'failing-for-now', 'unchanged', 'removed']);
export type Health = z.infer<typeof Health>;

/** Deliveries of one source that share a key report the same occurrence, whatever their ids. */
export const Occurrence = z.object({
  keys: z.array(z.string()),
  /** The provider's connection that reported it; null when unknown. */
  reporter: z.nullable(z.string()),
});
export type Occurrence = z.infer<typeof Occurrence>;

/** The user, workspace or grant at the provider that an account belongs to. `name` is cleaned; null when the provider sends none. */
export const Owner = z.object({ id: z.string(), name: z.nullable(z.string()) });
export type Owner = z.infer<typeof Owner>;

export const runStages = ['transfers', 'gains'] as const;
export type RunStage = (typeof runStages)[number];

/** One step of a recalculation: the matching of transfers, or the working out of gains and losses. */
export const RunStep = z.object({
  stage: z.enum(runStages),
  phase: z.enum(['started', 'completed', 'failed']),
  /** The user, workspace or grant, as the `id` of an `Owner`. */
  userId: z.string(),
  /** The provider's time of the change, epoch ms; null without a valid one. */
  at: z.nullable(z.int()),
});
export type RunStep = z.infer<typeof RunStep>;

/** A wallet or exchange connection. Records of older versions lack the optional fields. */
const EventAccount = z.object({
  /** The provider's id, opaque, unique within the source. */
  id: z.string(),
  name: z.string(),
  health: Health,
  owner: z.optional(Owner),
  /** When it last synced according to the provider, epoch ms. */
  syncedAt: z.optional(z.int()),
});

/** A delivery in provider-neutral terms. All text is cleaned and for people. */
export const ProviderEvent = z.object({
  kind: z.enum(eventKinds),
  /** The provider's own type, such as `integration.failed`. */
  type: z.string(),
  title: z.string(),
  /** The title for a notification, names cut to 40 characters; absent when equal to `title`. */
  shortTitle: z.optional(z.string()),
  /** The second line; may be empty. */
  summary: z.string(),
  severity: z.enum(severities),
  /** The provider's time of the event, epoch ms; null without a valid one. */
  occurredAt: z.nullable(z.int()),
  account: z.nullable(EventAccount),
  /** Only of an event about a recalculation. Records of older versions lack it. */
  run: z.optional(RunStep),
  /** The blockchain it is about, for people. Records of older versions lack it. */
  chain: z.optional(z.string()),
  /** The NFT collection it is about. `id` is opaque, unique within the source. */
  collection: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** Absent when each delivery reports its own occurrence. */
  occurrence: z.optional(Occurrence),
});
export type ProviderEvent = z.infer<typeof ProviderEvent>;

export const UnreadableBody = z.enum([
  'empty',
  'not-json',
  'not-an-object',
  'too-deep',
  'too-many-values',
]);
export type UnreadableBody = z.infer<typeof UnreadableBody>;

/** The meaning of an authenticated delivery. */
export const Reading = z.discriminatedUnion('status', [
  z.object({ status: z.literal('event'), event: ProviderEvent }),
  /** An unknown type, or a body without a JSON object: `unreadable` is the reason. */
  z.object({
    status: z.literal('unrecognized'),
    type: z.nullable(z.string()),
    unreadable: z.optional(UnreadableBody),
  }),
]);
export type Reading = z.infer<typeof Reading>;

/** How a delivery was authenticated. */
export const Proof = z.discriminatedUnion('status', [
  /** By signature. `secret` is the index of the matching secret, 0 for the newest; null when an import does not say. */
  z.object({ status: z.literal('verified'), secret: z.nullable(z.int()) }),
  /** Without a signature: by the token and the provider's other checks. `not-told` (a value on disk): an import does not say. */
  z.object({
    status: z.literal('trusted'),
    clientId: z.enum(['matched', 'not-used', 'not-told']),
    address: z.enum(['allowed', 'unknown', 'not-used', 'not-told']),
  }),
]);
export type Proof = z.infer<typeof Proof>;
