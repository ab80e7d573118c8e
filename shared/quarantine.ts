import * as z from 'zod/mini';
import { MaskedBody, MaskedHeader } from './timeline.ts';

/** Why a delivery was rejected. */
export const RejectionReason = z.enum([
  'secret-not-set',
  'signature-missing',
  'signature-malformed',
  'signature-wrong',
  'timestamp-missing',
  'timestamp-stale',
  'client-id-missing',
  'client-id-wrong',
  'address-not-allowed',
  'body-unreadable',
  'body-too-large',
  'content-type',
  'content-encoding',
]);
export type RejectionReason = z.infer<typeof RejectionReason>;

export const RejectionCount = z.object({ reason: RejectionReason, times: z.int() });
export type RejectionCount = z.infer<typeof RejectionCount>;

/** A rejected delivery for the window. */
export const QuarantinedDelivery = z.object({
  id: z.uuid(),
  seq: z.int(),
  sourceId: z.string(),
  provider: z.string(),
  /** Epoch ms. */
  receivedAt: z.int(),
  reason: RejectionReason,
  /** A detail for people, or null. */
  detail: z.nullable(z.string()),
  /** The HTTP status of the answer. */
  answered: z.int(),
  headers: z.array(MaskedHeader),
  body: MaskedBody,
  /** The body was longer than 256 KiB, or was not read to its end. */
  cut: z.boolean(),
  /** Sent by our own simulator. */
  simulated: z.boolean(),
});
export type QuarantinedDelivery = z.infer<typeof QuarantinedDelivery>;
