import * as z from 'zod/mini';

/** A user, workspace or grant, as the window shows it. */
export const OwnerView = z.object({
  id: z.string(),
  /** The provider's; null when it sends none. */
  name: z.nullable(z.string()),
  /** Given by the person; null without one. */
  ownName: z.nullable(z.string()),
});
export type OwnerView = z.infer<typeof OwnerView>;

/** A wallet or exchange connection and its health. Instants are epoch ms. */
export const AccountView = z.object({
  sourceId: z.string(),
  id: z.string(),
  /** The provider's name for it. */
  name: z.string(),
  /** Given by the person; null without one. */
  ownName: z.nullable(z.string()),
  /** Null when no event says whose it is. */
  owner: z.nullable(OwnerView),
  /** `waiting`: temporary failures, not yet frequent enough to be announced. */
  health: z.enum(['working', 'waiting', 'failing']),
  lastGoodAt: z.nullable(z.int()),
  /** When the row of failures began. */
  failingSince: z.nullable(z.int()),
  /** In a row. */
  failures: z.int(),
  /** Of its latest event; `summary` says why or what to do, and may be empty. */
  title: z.string(),
  summary: z.string(),
  /** The entry that opened the condition; null without one. */
  seq: z.nullable(z.int()),
  simulated: z.boolean(),
  /** The gains and losses of its owner were last worked out before its last good sync. */
  gainsStale: z.boolean(),
});
export type AccountView = z.infer<typeof AccountView>;

/** A name that a person gives, in UTF-16 units. */
export const ownNameAtMost = 40;
