import type { Proof } from '../../shared/event.ts';
import type { MaskedHeader, NotificationDecision, TimelineEntry } from '../../shared/timeline.ts';
import type { Quarantine } from '../history/quarantine.ts';
import type { StoredEntry } from '../history/record.ts';
import {
  bodyBytes,
  type HistoryRecord,
  type QuarantineRecord,
  type StoredBody,
} from '../history/record.ts';
import { type Mask, mask, maskedBytes } from '../masking.ts';
import { maskedHeaders } from './masked.ts';

/** Entries, and optionally the quarantine, as JSON Lines in order of receipt. docs/export.md specifies the format, which is stable. */
export async function* exportLines(
  entries: AsyncIterable<StoredEntry>,
  quarantine: Quarantine | null,
  { now, masking }: { readonly now: number; readonly masking: Mask },
): AsyncGenerator<string> {
  const rejected = quarantine?.oldestFirst(now) ?? null;
  let next = await rejected?.next();
  for await (const { record, entry } of entries) {
    for (
      ;
      next && !next.done && next.value.receivedAt <= record.receivedAt;
      next = await rejected?.next()
    ) {
      yield line(rejectedLine(next.value, masking));
    }
    yield line(entryLine(record, entry, masking));
  }
  for (; next && !next.done; next = await rejected?.next())
    yield line(rejectedLine(next.value, masking));
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

const entryLine = (record: HistoryRecord, entry: TimelineEntry, masking: Mask) => ({
  ...arrivalOf(record),
  seq: record.seq,
  status: entry.status,
  ...(entry.status === 'event'
    ? eventOf(entry, masking)
    : { ...(entry.type === null ? {} : { type: masking(entry.type) }) }),
  proof: entry.proof.status,
  ...checkedOf(entry.proof),
  simulated: entry.simulated,
  seen: entry.seen,
  ...(entry.archived ? { archived: true } : {}),
  ...(entry.pinned ? { pinned: true } : {}),
  ...(entry.duplicates > 0 ? { repeats: entry.duplicates } : {}),
  ...(entry.notes.length > 0 ? { notes: entry.notes.map(masking) } : {}),
  ...(entry.conflicts ? { conflicts: true } : {}),
  ...(entry.notification ? { notification: decisionOf(entry.notification) } : {}),
  ...contentOf(record, masking),
});

const decisionOf = ({ shown, why }: NotificationDecision) => ({ shown, why });

const eventOf = ({ event }: Extract<TimelineEntry, { status: 'event' }>, masking: Mask) => {
  const { kind, type, severity, occurredAt } = event;
  const [title, summary] = [masking(event.title), masking(event.summary)];
  return { kind, type, title, summary, severity, ...(occurredAt === null ? {} : { occurredAt }) };
};

/** Absent when the entry comes from an export that did not say. */
const checkedOf = (proof: Proof) => {
  if (proof.status === 'verified')
    return proof.secret === null ? {} : { checked: { secret: proof.secret } };
  const { clientId, address } = proof;
  return clientId === 'not-told' || address === 'not-told'
    ? {}
    : { checked: { clientId, address } };
};

const rejectedLine = (record: QuarantineRecord, masking: Mask) => ({
  ...arrivalOf(record),
  status: 'rejected',
  reason: record.reason,
  ...(record.cut ? { cut: true } : {}),
  ...contentOf(record, masking),
});

const arrivalOf = ({ id, receivedAt, sourceId, provider }: HistoryRecord | QuarantineRecord) => ({
  id,
  receivedAt,
  source: sourceId,
  provider,
});

const contentOf = (record: HistoryRecord | QuarantineRecord, masking: Mask) => {
  const headers = maskedHeaders(record, masking);
  return {
    headers: headersOf(headers),
    headerLines: headers.map(({ name, value, masked }) => [name, masked ? null : value]),
    ...bodyOf(record.body, masking),
  };
};

/** Lower-case names; repeated headers are joined as in HTTP. */
const headersOf = (headers: readonly MaskedHeader[]): Record<string, string> => {
  const joined = new Map<string, string>();
  for (const { name, value, masked } of headers) {
    const before = joined.get(name.toLowerCase());
    const visible = masked ? mask : value;
    joined.set(name.toLowerCase(), before === undefined ? visible : `${before}, ${visible}`);
  }
  return Object.fromEntries(joined);
};

const bodyOf = (body: StoredBody, masking: Mask) =>
  'text' in body
    ? { body: masking(body.text) }
    : { bodyBase64: maskedBytes(bodyBytes(body), masking).toString('base64') };
