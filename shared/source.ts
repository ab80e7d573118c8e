import * as z from 'zod/mini';
import { RejectionCount, RejectionReason } from './quarantine.ts';

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));
const secret = z.string().check(z.trim(), z.minLength(1), z.maxLength(512));
const clientId = z.string().check(z.trim(), z.minLength(1), z.maxLength(256));
/** `electron/outside/link-template.ts` reads it. */
const linkTemplate = z.string().check(z.trim(), z.minLength(1), z.maxLength(1024));
const address = z.string().check(z.trim(), z.minLength(2), z.maxLength(64));

export const SourceDraft = z.object({
  provider: z.string(),
  name,
  /** Newest first. The second is being rotated out. */
  secrets: z.array(secret).check(z.maxLength(2)),
  clientId: z.nullable(clientId),
  /** Null: the published addresses, enforced where the sender's address is known. Empty: no check. */
  allowedAddresses: z.nullable(z.array(address)),
  /** Leads to an account in the person's own application, such as `https://my.app/accounts/{account.id}`. */
  linkTemplate: z.optional(z.nullable(linkTemplate)),
});
export type SourceDraft = z.infer<typeof SourceDraft>;

/** A change of a source. Absent fields stay unchanged. */
export const SourceChange = z.object({
  id: z.string(),
  name: z.optional(name),
  secrets: z.optional(z.array(secret).check(z.maxLength(2))),
  /** Becomes the newest secret; the current one stays valid for the rotation. */
  newSecret: z.optional(secret),
  clientId: z.optional(z.nullable(clientId)),
  allowedAddresses: z.optional(z.nullable(z.array(address))),
  linkTemplate: z.optional(z.nullable(linkTemplate)),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** The last delivery to an endpoint that was not simulated. */
export const LastDelivery = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), at: z.int() }),
  z.object({ outcome: z.literal('rejected'), at: z.int(), reason: RejectionReason }),
  /** A request for the provider had an invalid URL, before any delivery reached the endpoint. */
  z.object({ outcome: z.literal('wrong-path'), at: z.int() }),
]);

/** What reached an endpoint on one day. Duplicates are accepted deliveries; a simulated delivery is a test and nothing else. */
export const SourceDay = z.object({
  /** As `calendarDay` gave it when the delivery came. */
  day: z.string(),
  accepted: z.int(),
  tests: z.int(),
  rejected: z.array(RejectionCount),
});
export type SourceDay = z.infer<typeof SourceDay>;

/** How often a source sends, and whether it still does. `usualMs`: the usual time between two deliveries. */
export const SourceRhythm = z.discriminatedUnion('status', [
  z.object({ status: z.literal('learning') }),
  /** It comes too seldom or too irregularly for a silence to be noticed. */
  z.object({ status: z.literal('irregular'), usualMs: z.int() }),
  z.object({ status: z.literal('regular'), usualMs: z.int() }),
  /** `since`: the last delivery, epoch ms. */
  z.object({ status: z.literal('silent'), usualMs: z.int(), since: z.int() }),
]);
export type SourceRhythm = z.infer<typeof SourceRhythm>;

/** A source for the window, without token and secrets. */
export const Source = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  /** The URL with its token shortened. `copyEndpoint` copies the whole URL. */
  maskedEndpoint: z.string(),
  secretCount: z.int(),
  clientId: z.nullable(z.string()),
  allowedAddresses: z.nullable(z.array(z.string())),
  linkTemplate: z.nullable(z.string()),
  /** The secrets cannot be read now; deliveries are answered 503. */
  locked: z.boolean(),
  lastDelivery: z.nullable(LastDelivery),
  rhythm: SourceRhythm,
  /** Accepted deliveries, duplicates included, simulated ones excluded. */
  accepted: z.int(),
  /** Rejected deliveries, simulated ones excluded. */
  rejected: z.int(),
  /** Simulated deliveries. */
  tests: z.int(),
  /** When the last delivery was accepted, and when the last test came, epoch ms. */
  lastAcceptedAt: z.nullable(z.int()),
  lastTestAt: z.nullable(z.int()),
  /** At most 20 days, in the order of their first delivery; a day without one is absent. */
  days: z.array(SourceDay),
});
export type Source = z.infer<typeof Source>;

export const ProviderInfo = z.object({
  id: z.string(),
  name: z.string(),
  letter: z.string(),
  secret: z.enum(['required', 'optional', 'none']),
  secretHint: z.nullable(z.string()),
  /** The client id's label in the portal; null without client ids. */
  clientIdLabel: z.nullable(z.string()),
  publishedAddresses: z.array(z.string()),
  /** Whether its events tell of accounts. */
  hasAccounts: z.boolean(),
  /** The host of the portal, for its button; null without a portal. */
  portalHost: z.nullable(z.string()),
  /** In the portal. */
  steps: z.array(z.string()),
  note: z.nullable(z.string()),
  /** What a gap may have lost, in one sentence. */
  afterGap: z.string(),
  /** Why a source or one of its accounts may have stopped sending, in sentences, the likeliest first. */
  silenceCauses: z.array(z.string()),
  simulations: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;
