import * as z from 'zod/mini';
import { anything, flag, opaqueId, rawText, text, wholeNumber } from '../fields.ts';
import { timeOf } from './times.ts';

/**
 * What every delivery holds: the envelope of seed 001 and the later public one, which may name a grant instead of a user.
 * Any object parses.
 */
export const Envelope = z.object({
  id: opaqueId,
  event: rawText,
  timestamp: z.transform((value: unknown) => timeOf(value, null)),
  grant_id: opaqueId,
  workspace_id: opaqueId,
  data: anything,
});
export type Envelope = z.infer<typeof Envelope>;

/**
 * `data` of an `integration.*` event: seeds 000 and 001, and what later pages and the v2 read API added. Any object parses.
 */
export const Integration = z.object({
  uid: opaqueId,
  provider: text,
  providerPublicName: text,
  publicAddress: text,
  walletId: opaqueId,
  alias: text,
  status: text,
  errorMessage: text,
  message: text,
  lastSyncLogDetails: anything,
  lastSyncLog: text,
  limitExceeded: flag,
  /** For `timeOf`, like the other times. */
  addedOn: anything,
  lastSyncedAt: anything,
  category: text,
  type: text,
  totalTransactions: wholeNumber,
});
export type Integration = z.infer<typeof Integration>;

/** `data` of a `transfer_detection.*` or `costbasis.*` event (seed 001). Any object parses. */
export const Run = z.object({ uid: opaqueId, status: text, reason: text, timestamp: anything });
export type Run = z.infer<typeof Run>;

/** The ten documented events (seed 001), by what their `data` is. */
export const integrationEvents = [
  'integration.created',
  'integration.updated',
  'integration.deleted',
  'integration.failed',
] as const;
export type IntegrationEvent = (typeof integrationEvents)[number];

export const runEvents = [
  'transfer_detection.started',
  'transfer_detection.completed',
  'transfer_detection.failed',
  'costbasis.started',
  'costbasis.completed',
  'costbasis.failed',
] as const;
export type RunEvent = (typeof runEvents)[number];
