import * as z from 'zod/mini';
import { Proof, Reading } from '../../shared/event.ts';
import { InsertAfter } from '../../shared/insert-after.ts';
import type { FactsOf, Matcher } from '../../shared/matching.ts';
import { RejectionReason } from '../../shared/quarantine.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Delivery } from '../delivery.ts';
import type { IdempotencyKey } from '../providers/provider.ts';

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

/** See `IdempotencyKey`. */
export const StoredKey = z.object({
  id: z.string(),
  version: z.string(),
  withinMs: z.nullable(z.int()),
});
export type StoredKey = z.infer<typeof StoredKey>;

/** How a record was imported from an export. */
export const Import = z.object({
  /** When it was read, epoch ms. */
  at: z.int(),
  /** The headers (lower case) whose values the export left out. */
  masked: z.array(z.string()),
});
export type Import = z.infer<typeof Import>;

/** An accepted delivery and its reading. The names are the format's. */
export const HistoryRecord = z.object({
  ...arrival,
  proof: Proof,
  simulated: z.boolean(),
  conflicts: z.boolean(),
  keys: z.array(StoredKey),
  reading: Reading,
  /** Only where it was admitted late. */
  cameAfter: z.optional(InsertAfter),
  imported: z.optional(Import),
});
export type HistoryRecord = z.infer<typeof HistoryRecord>;

/** A rejected delivery. The names are the format's. */
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
  simulated: z.optional(z.boolean()),
  /** The `seq` it was first given, where compaction copied the record since. */
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

export const bodyBytes = (body: StoredBody): Buffer =>
  'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');

/** A rejected delivery as it came. */
export const deliveryOf = (record: QuarantineRecord): Delivery => {
  const { id, receivedAt, headers, body, senderAddress, peerAddress } = record;
  return {
    id,
    receivedAt,
    headers,
    body: bodyBytes(body),
    senderAddress,
    peerAddress,
    simulated: record.simulated ?? false,
  };
};

/** A delivery that is to be recorded. */
export type Draft = Omit<HistoryRecord, 'seq' | 'keys' | 'conflicts'> & {
  readonly keys: readonly IdempotencyKey[];
};

export type RecordOutcome =
  | { readonly outcome: 'recorded'; readonly entry: TimelineEntry }
  | { readonly outcome: 'duplicate' };

/** `seq` comes first: the search of a segment's file relies on it. */
export const recordOf = (draft: Draft, seq: number, conflicts: boolean): HistoryRecord => ({
  seq,
  id: draft.id,
  receivedAt: draft.receivedAt,
  sourceId: draft.sourceId,
  provider: draft.provider,
  headers: draft.headers,
  body: draft.body,
  proof: draft.proof,
  simulated: draft.simulated,
  conflicts,
  keys: draft.keys.map(({ id, version, withinMs }) => ({ id, version, withinMs })),
  reading: draft.reading,
  cameAfter: isPossible(draft, seq) ? draft.cameAfter : undefined,
  ...(draft.imported ? { imported: draft.imported } : {}),
});

/** The place refers to another history where that was begun anew meanwhile. */
const isPossible = ({ cameAfter }: Draft, seq: number): boolean =>
  cameAfter !== undefined && cameAfter[0] < seq;

/** An entry, its details, and the record both are made from. */
export type StoredEntry = {
  readonly entry: TimelineEntry;
  readonly facts: FactsOf;
  readonly record: HistoryRecord;
  /** The entry as this version understands the delivery: a record holds what the version that received it read. */
  readonly readAgain: () => TimelineEntry;
};

/** As many as a segment holds. The event loop runs after each slice. */
const sliceRecords = 256;

/** The entries of the whole history that match, in its order. The event loop runs after every slice: deliveries come first (H16). */
export async function* entriesMatching(
  history: { readonly oldestFirst: () => AsyncIterable<StoredEntry> },
  matches: Matcher,
): AsyncGenerator<StoredEntry> {
  let looked = 0;
  for await (const stored of history.oldestFirst()) {
    if (matches(stored.entry, stored.facts)) yield stored;
    looked += 1;
    if (looked % sliceRecords === 0) await new Promise(setImmediate);
  }
}
