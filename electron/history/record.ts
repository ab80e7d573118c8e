import * as z from 'zod/mini';
import { Proof, Reading } from '../../shared/event.ts';
import { RejectionReason } from '../../shared/quarantine.ts';
import { CameAfter } from '../../shared/timeline.ts';

const headers = z.array(z.tuple([z.string(), z.string()]));

/** Raw bytes in JSON: as text when they are UTF-8, so that the file stays readable; else base64. */
export const StoredBody = z.union([
  z.object({ text: z.string() }),
  z.object({ base64: z.string() }),
]);
export type StoredBody = z.infer<typeof StoredBody>;

const arrival = {
  /** Gapless from 1, in the order of becoming durable. */
  seq: z.int(),
  id: z.string(),
  receivedAt: z.int(),
  sourceId: z.string(),
  provider: z.string(),
  headers,
  body: StoredBody,
};

/** What a record is recognised by when it comes again; see `RepeatKey`. */
export const StoredKey = z.object({
  id: z.string(),
  version: z.string(),
  withinMs: z.nullable(z.int()),
});
export type StoredKey = z.infer<typeof StoredKey>;

/** What is different about a record that was read from an export. */
export const Import = z.object({
  /** When it was read, epoch ms. */
  at: z.int(),
  /** The headers (lower case) whose values the export left out. */
  masked: z.array(z.string()),
});
export type Import = z.infer<typeof Import>;

/** One accepted delivery with what it was understood to mean, as the history keeps it. */
export const HistoryRecord = z.object({
  ...arrival,
  proof: Proof,
  simulated: z.boolean(),
  conflicts: z.boolean(),
  keys: z.array(StoredKey),
  reading: Reading,
  /** Only where it was admitted late. */
  cameAfter: z.optional(CameAfter),
  imported: z.optional(Import),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;

/** One rejected delivery, kept so that a wrong secret loses nothing. */
export const QuarantineRecord = z.object({
  ...arrival,
  reason: RejectionReason,
  detail: z.nullable(z.string()),
  answered: z.int(),
  cut: z.boolean(),
  /** As in `Delivery`: a later check has to judge the same sender. */
  senderAddress: z.nullable(z.string()),
  peerAddress: z.string(),
  /** The number of the newest entry when it came, 0 where there was none. An older Hookbell left it out. */
  newestEntry: z.optional(z.int()),
  /** Sent by our own simulator. */
  simulated: z.optional(z.boolean()),
  /** The `seq` it was first given, where the record was copied since to make room. */
  number: z.optional(z.int()),
});
export type QuarantineRecord = z.infer<typeof QuarantineRecord>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const storedBody = (bytes: Uint8Array): StoredBody => {
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
};

/** The bytes exactly as they came. */
export const bytesOf = (body: StoredBody): Buffer =>
  'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
