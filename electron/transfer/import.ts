import type { Proof, Reading } from '../../shared/event.ts';
import type { LineFault } from '../../shared/transfer.ts';
import type { History } from '../history/history.ts';
import type { Draft } from '../history/record.ts';
import { bodyBytes, entriesMatching, type HistoryRecord, storedBody } from '../history/record.ts';
import { mask } from '../masking.ts';
import { displayType } from '../providers/event-text.ts';
import { providers } from '../providers/index.ts';
import type { IdempotencyKey } from '../providers/provider.ts';
import { storedReading } from '../providers/understanding.ts';
import type { FileLine } from '../storage/file-lines.ts';
import { cleaned, cutTo } from '../text.ts';
import { type Line, readLine } from './import-line.ts';
import { Cancelled, type Progress } from './progress.ts';

/** Events of a file: `entries` were imported now, `known` existed before, `of` is the total. */
type Counts = { readonly entries: number; readonly known: number; readonly of: number };

export type Imported =
  | ({ readonly status: 'done' } & Counts)
  | ({ readonly status: 'cancelled' } & Counts)
  /** A write failed. `error` is the system's. */
  | ({ readonly status: 'stopped'; readonly error: unknown } & Counts)
  /** The history has entries that do not come from this import. */
  | { readonly status: 'not-empty' }
  /** Not the file of the unfinished import. */
  | { readonly status: 'other-file' }
  | { readonly status: 'unreadable'; readonly line: number; readonly fault: LineFault };

/** A valid export. */
export type ExportFile = {
  /** The number of its events. */
  readonly of: number;
  readonly rejected: number;
  /** When the oldest was received, epoch ms. */
  readonly oldestAt: number;
  readonly sourceIds: ReadonlySet<string>;
};

export type ImportOptions = {
  /** The file's lines. Each call starts at the first. */
  readonly lines: () => AsyncIterable<FileLine>;
  readonly history: Pick<History, 'count' | 'oldestFirst' | 'adopt'>;
  /** The history contains the beginning of an import. */
  readonly isUnfinished: boolean;
  readonly progress: Progress;
  /** Called before the first entry. An error that it throws stops the import. */
  readonly onBegin: (file: ExportFile) => void;
  /** Epoch ms. */
  readonly now: number;
};

/** Entries that are recorded at once and share a sync. */
const batchSize = 256;

/**
 * Imports an export into an empty history, or resumes an unfinished import. Validates the whole file first, then records its entries in order
 * and skips existing ones. Rejects when validation fails with an error or `Cancelled`.
 */
export const importLines = async (options: ImportOptions): Promise<Imported> => {
  const { lines, history, isUnfinished, progress, onBegin, now } = options;
  if (history.count > 0 && !isUnfinished) return { status: 'not-empty' };
  const { ids, hasImported } = await existingEntries(history, progress);
  const file = await validate(lines(), ids, progress);
  if ('fault' in file) return { status: 'unreadable', line: file.line, fault: file.fault };
  if (hasImported && file.firstId !== null && !ids.has(file.firstId))
    return { status: 'other-file' };

  let entries = 0;
  let batch: Promise<void>[] = [];
  const begin = (line: Line) => {
    const adopted = adopt(line, history, now).then(() => {
      entries += 1;
    });
    adopted.catch(() => {}); // The end of the batch handles it.
    batch.push(adopted);
  };
  const counts = () => ({ entries, known: file.known, of: file.of });
  try {
    onBegin(file);
    progress.setTotal(file.of);
    for await (const line of eventsIn(lines())) {
      progress.count();
      if (!ids.has(line.id)) begin(line);
      ids.add(line.id);
      if (batch.length < batchSize) continue;
      await Promise.all(batch);
      batch = [];
    }
    await Promise.all(batch);
  } catch (error) {
    await Promise.allSettled(batch);
    return error instanceof Cancelled
      ? { status: 'cancelled', ...counts() }
      : { status: 'stopped', ...counts(), error };
  }
  return { status: 'done', ...counts() };
};

type CheckedFile = ExportFile & { readonly firstId: string | null; readonly known: number };

/** Validates the whole file; else returns its first invalid line. */
async function validate(
  lines: AsyncIterable<FileLine>,
  existing: ReadonlySet<string>,
  { count }: Progress,
): Promise<CheckedFile | { readonly line: number; readonly fault: LineFault }> {
  let [of, known, rejected, number] = [0, 0, 0, 0];
  let oldestAt = Number.POSITIVE_INFINITY;
  let firstId: string | null = null;
  const ids = new Set<string>();
  const sourceIds = new Set<string>();
  for await (const text of lines) {
    number += 1;
    const read = readLine(text);
    if (read.status === 'blank') continue;
    count();
    if (read.status === 'refused') return { line: number, fault: read.fault };
    const { line } = read;
    if (line.status === 'rejected') {
      rejected += 1;
      continue;
    }
    of += 1;
    if (existing.has(line.id) || ids.has(line.id)) known += 1;
    ids.add(line.id);
    oldestAt = Math.min(oldestAt, line.receivedAt);
    firstId ??= line.id;
    sourceIds.add(line.source);
  }
  return { of, known, rejected, oldestAt, firstId, sourceIds };
}

/** The ids of all entries, and whether any entry was imported. */
async function existingEntries(
  history: ImportOptions['history'],
  { checkCancelled }: Progress,
): Promise<{ readonly ids: Set<string>; readonly hasImported: boolean }> {
  const ids = new Set<string>();
  let hasImported = false;
  const all = entriesMatching(history, () => {
    checkCancelled();
    return true;
  });
  for await (const { record } of all) {
    ids.add(record.id);
    hasImported ||= record.imported !== undefined;
  }
  return { ids, hasImported };
}

async function* eventsIn(lines: AsyncIterable<FileLine>): AsyncGenerator<Line> {
  for await (const text of lines) {
    const read = readLine(text);
    if (read.status === 'refused') throw new Error('The file was changed while it was read.');
    if (read.status === 'read' && read.line.status !== 'rejected') yield read.line;
  }
}

const adopt = async (
  line: Line,
  history: Pick<History, 'adopt'>,
  importedAt: number,
): Promise<void> => {
  const { conflicts = false, seen = false, archived, pinned, repeats = 0 } = line;
  const notes = (line.notes ?? []).slice(0, notesAtMost).map(sentence);
  const notification = line.notification
    ? { ...line.notification, why: sentence(line.notification.why) }
    : null;
  const marks = { seen, archived, pinned, repeats, notes, notification };
  await history.adopt(draftOf(line, importedAt), conflicts, marks);
};

const notesAtMost = 100;
/** A sentence of ours, or foreign text when the file was edited. */
const sentence = (text: string): string => cutTo(cleaned(text), 500);

/** The event is interpreted again from the body. */
const draftOf = (line: Line, importedAt: number): Draft => {
  const { id, receivedAt, source: sourceId, provider, simulated = false } = line;
  const body =
    line.bodyBase64 === undefined ? { text: line.body ?? '' } : { base64: line.bodyBase64 };
  const { headers, masked } = headersOf(line);
  const draft = {
    id,
    receivedAt,
    sourceId,
    provider,
    headers,
    simulated,
    body: storedBody(bodyBytes(body)),
    proof: proofOf(line),
    imported: { at: importedAt, masked },
  };
  return { ...draft, ...understandingOf(line, draft) };
};

/** An export of a later version may have an unknown provider. */
const understandingOf = (
  line: Line,
  draft: Omit<Draft, 'reading' | 'keys'>,
): { readonly reading: Reading; readonly keys: readonly IdempotencyKey[] } => {
  const { id, receivedAt, headers, simulated, proof } = draft;
  const understanding = providers.get(line.provider)?.understand(
    {
      id,
      receivedAt,
      headers,
      simulated,
      body: bodyBytes(draft.body),
      senderAddress: null,
      peerAddress: '',
    },
    proof,
  );
  if (!understanding)
    return { reading: { status: 'unrecognized', type: displayType(line.type ?? null) }, keys: [] };
  const { reading, idempotencyKeys } = understanding;
  return { reading: storedReading(reading), keys: idempotencyKeys };
};

/** An older export has no header lines, only lower-case names and joined values. */
const headersOf = (
  line: Line,
): { readonly headers: HistoryRecord['headers']; readonly masked: string[] } => {
  const given = line.headerLines ?? Object.entries(line.headers).map(unmasked);
  return {
    headers: given.map(([name, value]) => [name, value ?? '']),
    masked: given.flatMap(([name, value]) => (value === null ? [name.toLowerCase()] : [])),
  };
};

const unmasked = ([name, value]: [string, string]): [string, string | null] => [
  name,
  value.split(', ').every((part) => part === mask) ? null : value,
];

const proofOf = ({ proof, checked = {} }: Line): Proof =>
  proof === 'verified'
    ? { status: 'verified', secret: checked.secret ?? null }
    : {
        status: 'trusted',
        clientId: checked.clientId ?? 'not-told',
        address: checked.address ?? 'not-told',
      };
