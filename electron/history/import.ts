import type { Proof, Reading } from '../../shared/event.ts';
import type { LineFault } from '../../shared/transfer.ts';
import type { FileLine } from '../file-lines.ts';
import { mask } from '../masking.ts';
import { providers } from '../providers/index.ts';
import type { RepeatKey } from '../providers/provider.ts';
import { shownType } from '../providers/telling.ts';
import { keptReading } from '../providers/understanding.ts';
import { cleaned, cutTo } from '../text.ts';
import { CalledOff, type Progress } from '../transfers.ts';
import type { Draft } from './draft.ts';
import { foundIn } from './found.ts';
import type { History } from './history.ts';
import { type Line, readLine } from './import-line.ts';
import { bytesOf, type HistoryRecord, storedBody } from './record.ts';

/** The events of a file: how many were read just now, how many were here already, and how many there are. */
type Counts = { readonly entries: number; readonly known: number; readonly of: number };

export type Imported =
  | ({ readonly status: 'done' } & Counts)
  | ({ readonly status: 'called-off' } & Counts)
  /** By the disk, mostly; `error` is the system's. */
  | ({ readonly status: 'stopped'; readonly error: unknown } & Counts)
  /** Into a history that has entries the import would be mixed up with what came since. */
  | { readonly status: 'not-empty' }
  /** Not the file whose reading was begun. */
  | { readonly status: 'another' }
  | { readonly status: 'unreadable'; readonly line: number; readonly fault: LineFault };

/** What the check of a file found. */
export type ExportFile = {
  /** Its events. */
  readonly of: number;
  readonly rejected: number;
  /** When the oldest came, epoch ms. */
  readonly oldestAt: number;
  readonly sourceIds: ReadonlySet<string>;
};

export type ImportOptions = {
  /** The file's, from the first whenever it is called. */
  readonly lines: () => AsyncIterable<FileLine>;
  readonly history: Pick<History, 'count' | 'oldestFirst' | 'adopt'>;
  /** An import into this history was begun and did not come to its end. */
  readonly isUnfinished: boolean;
  readonly progress: Progress;
  /** Called between the check and the first entry. What it throws stops the import. */
  readonly onBegin: (file: ExportFile) => void;
  /** Epoch ms. */
  readonly now: number;
};

/** So many are kept at once, which share their syncs. */
const atOnce = 256;

/**
 * Reads an export into an empty history, on a new computer: checked as a whole first, then kept in its order, dated and marked as
 * it was. One that was begun is read on: what is here already is passed over. Rejects with what keeps the file from being
 * checked, `CalledOff` among it.
 */
export const importLines = async (options: ImportOptions): Promise<Imported> => {
  const { lines, history, isUnfinished, progress, onBegin, now } = options;
  if (history.count > 0 && !isUnfinished) return { status: 'not-empty' };
  const { here, isBegun } = await lookOver(history, progress);
  const file = await check(lines(), here, progress);
  if ('fault' in file) return { status: 'unreadable', line: file.line, fault: file.fault };
  if (isBegun && file.firstId !== null && !here.has(file.firstId)) return { status: 'another' };

  let entries = 0;
  let waiting: Promise<void>[] = [];
  const begin = (line: Line) => {
    const keeping = keep(line, history, now).then(() => {
      entries += 1;
    });
    keeping.catch(() => {}); // It is waited for later.
    waiting.push(keeping);
  };
  const counts = () => ({ entries, known: file.known, of: file.of });
  try {
    onBegin(file);
    progress.outOf(file.of);
    for await (const line of eventsIn(lines())) {
      progress.count();
      if (!here.has(line.id)) begin(line);
      here.add(line.id);
      if (waiting.length < atOnce) continue;
      await Promise.all(waiting);
      waiting = [];
    }
    await Promise.all(waiting);
  } catch (error) {
    await Promise.allSettled(waiting);
    return error instanceof CalledOff
      ? { status: 'called-off', ...counts() }
      : { status: 'stopped', ...counts(), error };
  }
  return { status: 'done', ...counts() };
};

type CheckedFile = ExportFile & { readonly firstId: string | null; readonly known: number };

/** All of the file, before anything of it is kept; or the line that is not from an export. */
async function check(
  lines: AsyncIterable<FileLine>,
  here: ReadonlySet<string>,
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
    if (here.has(line.id) || ids.has(line.id)) known += 1;
    ids.add(line.id);
    oldestAt = Math.min(oldestAt, line.receivedAt);
    firstId ??= line.id;
    sourceIds.add(line.source);
  }
  return { of, known, rejected, oldestAt, firstId, sourceIds };
}

/** The ids of all entries, and whether any of them was read from an export. */
async function lookOver(
  history: ImportOptions['history'],
  { goOn }: Progress,
): Promise<{ readonly here: Set<string>; readonly isBegun: boolean }> {
  const here = new Set<string>();
  let isBegun = false;
  const all = foundIn(history, () => {
    goOn();
    return true;
  });
  for await (const { record } of all) {
    here.add(record.id);
    isBegun ||= record.imported !== undefined;
  }
  return { here, isBegun };
}

async function* eventsIn(lines: AsyncIterable<FileLine>): AsyncGenerator<Line> {
  for await (const text of lines) {
    const read = readLine(text);
    if (read.status === 'refused') throw new Error('The file was changed while it was read.');
    if (read.status === 'read' && read.line.status !== 'rejected') yield read.line;
  }
}

const keep = async (
  line: Line,
  history: Pick<History, 'adopt'>,
  importedAt: number,
): Promise<void> => {
  const { conflicts = false, seen = false, repeats = 0 } = line;
  const notes = (line.notes ?? []).slice(0, notesAtMost).map(sentence);
  const notification = line.notification
    ? { ...line.notification, why: sentence(line.notification.why) }
    : null;
  await history.adopt(draftOf(line, importedAt), conflicts, { seen, repeats, notes, notification });
};

const notesAtMost = 100;
/** Our own sentences, unless somebody else wrote the file. */
const sentence = (text: string): string => cutTo(cleaned(text), 500);

/** Its event is read again from the body it came with. */
const draftOf = (line: Line, importedAt: number): Draft => {
  const { id, receivedAt, source: sourceId, provider, simulated = false } = line;
  const body =
    line.bodyBase64 === undefined ? { text: line.body ?? '' } : { base64: line.bodyBase64 };
  const { headers, masked } = headersOf(line);
  const draft = {
    ...{ id, receivedAt, sourceId, provider, headers, simulated },
    body: storedBody(bytesOf(body)),
    proof: proofOf(line),
    imported: { at: importedAt, masked },
  };
  return { ...draft, ...understandingOf(line, draft) };
};

/** A provider that this version does not know may be known to a later one. */
const understandingOf = (
  line: Line,
  draft: Omit<Draft, 'reading' | 'keys'>,
): { readonly reading: Reading; readonly keys: readonly RepeatKey[] } => {
  const { id, receivedAt, headers, simulated, proof } = draft;
  const understanding = providers.get(line.provider)?.understand(
    {
      ...{ id, receivedAt, headers, simulated, body: bytesOf(draft.body) },
      ...{ senderAddress: null, peerAddress: '' },
    },
    proof,
  );
  if (!understanding)
    return { reading: { status: 'unrecognized', type: shownType(line.type ?? null) }, keys: [] };
  const { reading, repeatKeys } = understanding;
  return { reading: keptReading(reading), keys: repeatKeys };
};

/** As they came, where the export tells: an older one gives them in lower case, repeated ones joined. */
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

/** An export of an older Hookbell says that something was checked, and not what. */
const proofOf = ({ proof, checked = {} }: Line): Proof =>
  proof === 'verified'
    ? { status: 'verified', secret: checked.secret ?? null }
    : {
        status: 'trusted',
        clientId: checked.clientId ?? 'not-told',
        address: checked.address ?? 'not-told',
      };
