import * as z from 'zod/mini';

/** What happened and what helps, for people. */
export const Words = z.object({ title: z.string(), remedy: z.string() });
export type Words = z.infer<typeof Words>;

/** Why deliveries may not arrive. `electron/tunnel/words.ts` has the words. */
export const ReasonCode = z.enum([
  'token-missing',
  'token-malformed',
  'token-outdated',
  'token-refused',
  'token-scope',
  'token-locked',
  'token-for-another-server',
  'account-unpaid',
  'account-unverified',
  'account-suspended',
  'address-blocked',
  'too-many-sessions',
  'too-many-attempts',
  'too-many-endpoints',
  'app-outdated',
  'domain-missing',
  'domain-invalid',
  'domain-not-in-plan',
  'domain-not-reserved',
  'domain-of-another',
  'domain-in-other-region',
  'domain-already-online',
  'policy-refused',
  'unreachable',
  'not-trusted',
  'setup-unreadable',
  'no-answer',
  'interrupted',
  'refused',
  'disconnected',
  'silent',
  'agent-ended',
  'agent-silent',
  'stopped-remotely',
  'endpoint-offline',
  'receiver-unreachable',
  'rate-limited',
  'quota-used-up',
  'blocked-at-edge',
  'receiver-silent',
  'tunnel-not-through',
  'public-url-unreachable',
  'public-url-elsewhere',
  'own-url-unreachable',
  'own-url-elsewhere',
  'still-connecting',
  'port-taken',
  'events-refused',
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

export const Reason = z.extend(Words, { code: ReasonCode });
export type Reason = z.infer<typeof Reason>;

const ProvenBy = z.enum(['probe', 'delivery']);

/** When a probe or an accepted delivery last came through the public URL with this host, epoch ms. */
export const UrlProof = z.object({ host: z.string(), at: z.number(), by: ProvenBy });
export type UrlProof = z.infer<typeof UrlProof>;

/**
 * The state of the path from the internet to the history. The tunnel derives it; header, tray and problems show it. Ports are local,
 * instants epoch ms.
 */
export const Pipe = z.discriminatedUnion('status', [
  /** The receiver starts, the tunnel connects, or a probe checks `url`. */
  z.object({ status: z.literal('connecting'), url: z.nullable(z.string()) }),
  /** The public URL was last seen to work at `checkedAt`. */
  z.object({
    status: z.literal('receiving'),
    port: z.int(),
    url: z.string(),
    checkedAt: z.number(),
    by: ProvenBy,
  }),
  /** No public URL is configured. */
  z.object({ status: z.literal('local-only'), port: z.int() }),
  /** Deliveries may not arrive. `url` is null without a configured public URL. */
  z.object({
    status: z.literal('degraded'),
    port: z.int(),
    url: z.nullable(z.string()),
    since: z.number(),
    /** The source of the doubt. */
    evidence: z.enum(['connection', 'probe', 'disk']),
    why: Reason,
  }),
  /** No delivery arrives. `retryAt`: the next or current attempt; null when a person must act. */
  z.object({
    status: z.literal('offline'),
    since: z.number(),
    why: Reason,
    retryAt: z.nullable(z.number()),
  }),
]);
export type Pipe = z.infer<typeof Pipe>;
