import * as z from 'zod/mini';

/** What of an event an explorer can show. */
export const lookups = ['transaction', 'asset', 'sender', 'recipient', 'wallet'] as const;
export const LookedUp = z.enum(lookups);
export type LookedUp = z.infer<typeof LookedUp>;

export const docPages = ['start', 'ngrok', 'provisioning', 'settings-file', 'security'] as const;

/** The provider's id of an account. */
const foreignId = z.string().check(z.minLength(1), z.maxLength(256));

/** A place outside of Hookbell that the window may name. Main makes the URL of it. */
export const PlaceOutside = z.discriminatedUnion('at', [
  /** Where the provider's webhooks and accounts are managed. */
  z.object({ at: z.literal('portal'), provider: z.string() }),
  z.object({ at: z.literal('explorer'), seq: z.int(), what: LookedUp }),
  /** By the link template of the source. */
  z.object({
    at: z.literal('account-link'),
    sourceId: z.string(),
    accountId: foreignId,
  }),
  /** Where an account, or all of a source, is mended: by the link template where there is one for it, else the portal. */
  z.object({
    at: z.literal('account'),
    sourceId: z.string(),
    accountId: z.nullable(foreignId),
  }),
  z.object({ at: z.literal('docs'), page: z.enum(docPages) }),
  z.object({ at: z.literal('ngrok'), page: z.enum(['authtoken', 'domains']) }),
]);
export type PlaceOutside = z.infer<typeof PlaceOutside>;

/** A place with what its button says: "Open the transaction", and the host in ASCII. */
export const OfferedPlace = z.object({
  place: PlaceOutside,
  label: z.string(),
  host: z.string(),
});
export type OfferedPlace = z.infer<typeof OfferedPlace>;

/** What became of a wish to open a place. A refusal answers with the URL to copy; null where there is none. */
export const OpenedPlace = z.discriminatedUnion('status', [
  z.object({ status: z.literal('opened') }),
  /** The connection would not be encrypted: the person has to agree to this host. */
  z.object({ status: z.literal('asks'), host: z.string() }),
  z.object({
    status: z.literal('refused'),
    why: z.enum(['no-place', 'no-browser']),
    url: z.nullable(z.string()),
  }),
]);
export type OpenedPlace = z.infer<typeof OpenedPlace>;
