import * as z from 'zod/mini';
import { ShownBody, ShownHeader } from './timeline.ts';

/** Why a delivery was not believed, or not acceptable as a request. */
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

/** How often deliveries were rejected for a reason. */
export const RejectionCount = z.object({ reason: RejectionReason, times: z.int() });
export type RejectionCount = z.infer<typeof RejectionCount>;

/** One rejected delivery, as the window shows it. */
export const QuarantinedDelivery = z.object({
  id: z.uuid(),
  seq: z.int(),
  sourceId: z.string(),
  provider: z.string(),
  /** Epoch ms. */
  receivedAt: z.int(),
  reason: RejectionReason,
  /** The sentence for people that belongs to the reason, with what was measured where that helps. */
  explanation: z.string(),
  /** The status it was answered with. */
  answered: z.int(),
  headers: z.array(ShownHeader),
  body: ShownBody,
  /** The body was longer than what is kept of it (256 KiB), or was not read to its end. */
  cut: z.boolean(),
  /** A test of our own. */
  simulated: z.boolean(),
});
export type QuarantinedDelivery = z.infer<typeof QuarantinedDelivery>;
