import * as z from 'zod/mini';
import { anything, cleanText, opaqueId, rawText, wholeNumber, yesNo } from '../fields.ts';
import { timeOf } from './times.ts';

/**
 * Both envelopes: the first names a user inside `data` (test/fixtures/kryptos/integration.created.json), the later one may name a grant
 * instead (integration.created.later-envelope.json). Any object parses.
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

/** `data` of an `integration.*` event, with the fields of all documented versions and of the v2 read API. Any object parses. */
export const Integration = z.object({
  uid: opaqueId,
  provider: cleanText,
  providerPublicName: cleanText,
  publicAddress: cleanText,
  walletId: opaqueId,
  alias: cleanText,
  status: cleanText,
  errorMessage: cleanText,
  message: cleanText,
  lastSyncLogDetails: anything,
  lastSyncLog: cleanText,
  limitExceeded: yesNo,
  /** Times are parsed by `timeOf`. */
  addedOn: anything,
  lastSyncedAt: anything,
  category: cleanText,
  type: cleanText,
  totalTransactions: wholeNumber,
});
export type Integration = z.infer<typeof Integration>;

/** `data` of a `transfer_detection.*` or `costbasis.*` event, as in test/fixtures/kryptos/costbasis.completed.json. Any object parses. */
export const Run = z.object({
  uid: opaqueId,
  status: cleanText,
  reason: cleanText,
  timestamp: anything,
});
export type Run = z.infer<typeof Run>;

/** The ten documented events. The family of an event is the shape of its `data`. */
export const documentedEvents = [
  { family: 'integration', type: 'integration.created' },
  { family: 'integration', type: 'integration.updated' },
  { family: 'integration', type: 'integration.deleted' },
  { family: 'integration', type: 'integration.failed' },
  { family: 'run', type: 'transfer_detection.started' },
  { family: 'run', type: 'transfer_detection.completed' },
  { family: 'run', type: 'transfer_detection.failed' },
  { family: 'run', type: 'costbasis.started' },
  { family: 'run', type: 'costbasis.completed' },
  { family: 'run', type: 'costbasis.failed' },
] as const;
export type DocumentedEvent = (typeof documentedEvents)[number];
export type IntegrationEvent = Extract<DocumentedEvent, { family: 'integration' }>['type'];
export type RunEvent = Extract<DocumentedEvent, { family: 'run' }>['type'];
