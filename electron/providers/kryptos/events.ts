import * as z from 'zod/mini';
import { anything, epochTime, isoTime, opaqueId, rawText, text, wholeNumber } from '../fields.ts';

/**
 * What every delivery holds: the envelope of seed 001 and the later public one, which may name a grant instead of a user.
 * Any object parses.
 */
export const Envelope = z.object({
  id: opaqueId,
  event: rawText,
  timestamp: isoTime,
  grant_id: opaqueId,
  workspace_id: opaqueId,
  data: anything,
});
export type Envelope = z.infer<typeof Envelope>;

/** `data` of an `integration.*` event: seeds 000 and 001, and what later pages added. Any object parses. */
export const Integration = z.object({
  uid: opaqueId,
  provider: text,
  providerPublicName: text,
  publicAddress: text,
  walletId: opaqueId,
  alias: text,
  status: text,
  errorMessage: text,
  addedOn: epochTime,
  lastSyncedAt: epochTime,
  category: text,
  type: text,
  totalTransactions: wholeNumber,
});
export type Integration = z.infer<typeof Integration>;

/** `data` of a `transfer_detection.*` or `costbasis.*` event (seed 001). Any object parses. */
export const Run = z.object({ uid: opaqueId, status: text, reason: text, timestamp: epochTime });
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
