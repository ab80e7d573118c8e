import * as z from 'zod/mini';
import { RejectionReason } from './quarantine.ts';

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));
const secret = z.string().check(z.trim(), z.minLength(1), z.maxLength(512));
const clientId = z.string().check(z.trim(), z.minLength(1), z.maxLength(256));
const address = z.string().check(z.trim(), z.minLength(2), z.maxLength(64));

/** What the person types to connect a provider. */
export const SourceDraft = z.object({
  provider: z.string(),
  name,
  /** Newest first, at most two: the second is the one being rotated out. */
  secrets: z.array(secret).check(z.maxLength(2)),
  clientId: z.nullable(clientId),
  /** Null: the published addresses, checked where the sender's address can be known. Empty: no check. */
  allowedAddresses: z.nullable(z.array(address)),
});
export type SourceDraft = z.infer<typeof SourceDraft>;

/** What can be changed of a source. A field left out stays as it is; secrets can be replaced, never read. */
export const SourceChange = z.object({
  id: z.string(),
  name: z.optional(name),
  secrets: z.optional(z.array(secret).check(z.maxLength(2))),
  /** A new secret that goes in front of the one in use, which stays valid for the rotation. */
  newSecret: z.optional(secret),
  clientId: z.optional(z.nullable(clientId)),
  allowedAddresses: z.optional(z.nullable(z.array(address))),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** The last thing that reached an endpoint and was no test of our own, so that "waiting for the first delivery" can say what it sees. */
export const LastDelivery = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('accepted'), at: z.int() }),
  z.object({ outcome: z.literal('rejected'), at: z.int(), reason: RejectionReason }),
  /** It was posted to a URL that is none, under the provider's name, before any delivery reached the endpoint. */
  z.object({ outcome: z.literal('wrong-path'), at: z.int() }),
]);

/** A source as the window sees it: no token, no secret, only whether they are there. */
export const Source = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  /** The URL to paste into the portal, its token shortened. The whole one goes to the clipboard through `copyEndpoint`. */
  maskedEndpoint: z.string(),
  secretCount: z.int(),
  clientId: z.nullable(z.string()),
  allowedAddresses: z.nullable(z.array(z.string())),
  /** Its secrets cannot be read now; its deliveries are answered 503 until they can. */
  locked: z.boolean(),
  lastDelivery: z.nullable(LastDelivery),
  /** Deliveries accepted so far, repeats among them. Tests of our own are counted in `tests` alone. */
  accepted: z.int(),
  /** As `accepted`, of those rejected, also where they were only counted. */
  rejected: z.int(),
  /** Tests of our own that reached it, whatever became of them. */
  tests: z.int(),
});
export type Source = z.infer<typeof Source>;

/** What the window needs to know of a provider to set it up. */
export const ProviderInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** The letter of its mark. */
  letter: z.string(),
  secret: z.enum(['required', 'optional', 'none']),
  secretHint: z.nullable(z.string()),
  /** The label of its client id in its portal, when it has one. */
  clientIdLabel: z.nullable(z.string()),
  publishedAddresses: z.array(z.string()),
  /** Where to paste the URL and what to tick, one step each. */
  steps: z.array(z.string()),
  /** One sentence the person has to know before they begin. */
  note: z.nullable(z.string()),
  /** What may have been lost while nothing could be received, in one sentence. */
  afterGap: z.string(),
  /** What the simulator can send as this provider. */
  simulations: z.array(z.object({ id: z.string(), label: z.string() })),
});
export type ProviderInfo = z.infer<typeof ProviderInfo>;
