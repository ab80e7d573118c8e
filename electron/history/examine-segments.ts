import type { Context, Sequenced } from './log-state.ts';
import {
  describeSegment,
  indexIn,
  isNewerSegment,
  knowsItsNumbers,
  type SegmentInfo,
  segmentFileName,
  segmentIn,
  segmentNumber,
  setAsideNumber,
} from './segments.ts';
import { isDamage } from './set-aside.ts';

/** The first and last receipt a damaged file still tells of. */
export type Hint = {
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
  /** About how many entries it held, where it was not full. */
  readonly entries?: number | undefined;
};

export type Fine = {
  readonly number: number;
  readonly status: 'fine';
  readonly info: SegmentInfo;
};
export type Lost = {
  readonly number: number;
  /** Rotten: the file is in its place. Gone: it is not, or it was set aside before. */
  readonly status: 'rotten' | 'unreadable' | 'gone';
  readonly known: SegmentInfo | null;
  readonly hint: Hint;
};
export type Examined = Fine | Lost;

export type Examination = {
  readonly segments: readonly Examined[];
  /** What the index says of any segment, those that have a journal among them. */
  readonly known: ReadonlyMap<number, SegmentInfo>;
  /** The index does not say what was found. */
  readonly stale: boolean;
  readonly newer: boolean;
};

/**
 * Looks at every segment that has no journal, and changes nothing. What index and sizes agree on is believed unread (H10);
 * whoever compares no sizes here looks over them later.
 */
export async function examineSegments<R extends Sequenced>(
  context: Context<R>,
  files: readonly string[],
  journals: readonly number[],
  comparesSizes: boolean,
): Promise<Examination> {
  const index = readIndex(context);
  const others = (numbers: readonly number[]) => numbers.filter((one) => !journals.includes(one));
  const onDisk = others(files.flatMap((file) => segmentNumber(file) ?? []));
  const known = new Map(index.segments.map((info) => [info.number, info]));
  const sizes = comparesSizes ? context.folder.sizes(onDisk.map(segmentFileName)) : null;
  const segments: Examined[] = [];
  let { stale, newer } = index;

  for (const [at, number] of onDisk.entries()) {
    const info = known.get(number) ?? null;
    const isItsSize = sizes === null || info?.bytes === sizes[at];
    if (info && !info.damaged && isItsSize && knowsItsNumbers(info)) {
      segments.push({ number, status: 'fine', info });
      continue;
    }
    const examined = await examine(context, number, info);
    stale = true;
    newer ||= examined.newer;
    segments.push(examined.segment);
  }
  const setAsideBefore = index.lost ? files.flatMap((file) => setAsideNumber(file) ?? []) : [];
  const found = new Set(onDisk);
  for (const number of new Set(others([...known.keys(), ...setAsideBefore]))) {
    if (found.has(number)) continue;
    const info = known.get(number) ?? null;
    stale ||= !info?.damaged;
    segments.push({ number, status: 'gone', known: info, hint: {} });
  }
  for (const number of journals) newer ||= await isMirrorNewer(context, files, number);
  return { segments: segments.sort((a, b) => a.number - b.number), known, stale, newer };
}

function readIndex<R>({ folder, report }: Context<R>) {
  try {
    const value = folder.store('index').read();
    return value === undefined
      ? { segments: [], newer: false, stale: false, lost: true }
      : { ...indexIn(value), stale: false, lost: false };
  } catch {
    report('The index was damaged and has been rebuilt');
    return { segments: [], newer: false, stale: true, lost: true };
  }
}

/** Reads a segment to the end, and changes nothing. */
export async function examine<R extends Sequenced>(
  { folder, parse, report }: Context<R>,
  number: number,
  known: SegmentInfo | null,
): Promise<{ segment: Examined; newer: boolean }> {
  const file = segmentFileName(number);
  let bytes: Uint8Array | null = null;
  try {
    bytes = await folder.read(file);
    const { events, newer } = segmentIn(bytes ?? new Uint8Array());
    const records = events.flatMap((event) => parse(event) ?? []);
    const lost = events.length - records.length;
    if (lost > 0) report(`${lost} of ${events.length} entries in ${file} cannot be read`);
    const info = describeSegment(number, records, bytes?.byteLength ?? 0);
    return { segment: { number, status: 'fine', info }, newer };
  } catch (error) {
    const status = isDamage(error) ? 'rotten' : 'unreadable';
    return { segment: { number, status, known, hint: hintIn(bytes) }, newer: false };
  }
}

/** What is left of a damaged file's dates. */
export const hintIn = (bytes: Uint8Array | null): Hint => {
  const text = Buffer.from(bytes ?? []).toString('latin1');
  const instants = [...text.matchAll(/"receivedAt":(\d{1,15})[,}]/g)].map(([, digits]) =>
    Number(digits),
  );
  // One that was cut off says nothing of its end.
  return { firstAt: instants[0], lastAt: /}\n?$/.test(text) ? instants.at(-1) : undefined };
};

/** Before its first segment is full, a newer Hookbell may have left no more than a mirror. */
async function isMirrorNewer<R>(
  { folder }: Context<R>,
  files: readonly string[],
  number: number,
): Promise<boolean> {
  if (!files.includes(segmentFileName(number))) return false;
  const bytes = await folder.read(segmentFileName(number)).catch(() => null);
  return bytes !== null && isNewerSegment(bytes);
}

/**
 * What to list for a damaged segment that no index knows: it lies between its neighbours, and numbers have no gaps.
 * Where there is no neighbour it is taken to have been full, so that no number is ever given twice.
 */
export const describeDamaged = (
  { number, status, known, hint }: Lost,
  before: SegmentInfo | undefined,
  after: SegmentInfo | undefined,
  segmentRecords: number,
): SegmentInfo => {
  if (known) return { ...known, damaged: true };
  const firstSeq = before
    ? before.lastSeq + 1
    : Math.max(1, (after?.firstSeq ?? 1) - segmentRecords);
  const wholeSegment = firstSeq + Math.max(segmentRecords, hint.entries ?? 0) - 1;
  const isBounded =
    after !== undefined && (after.number === number + 1 || after.firstSeq <= wholeSegment);
  const lastSeq = isBounded ? Math.max(firstSeq, after.firstSeq - 1) : wholeSegment;
  const room = lastSeq - firstSeq + 1;
  // How many rotten lines there were is less certain than where the next segment begins.
  const count = isBounded && status === 'rotten' ? room : Math.min(room, hint.entries ?? room);
  const isBetween = after?.number === number + 1 && (number === 1 || before?.number === number - 1);
  const earliest = before?.lastAt ?? hint.firstAt ?? after?.firstAt ?? 0;
  const latest = Math.max(earliest, after?.firstAt ?? hint.lastAt ?? hint.firstAt ?? earliest);
  const within = (at: number) => Math.min(Math.max(at, earliest), latest);
  return {
    ...{ number, count, firstSeq, lastSeq, bytes: 0, damaged: true },
    ...(isBetween && status === 'rotten' ? {} : { guessed: true }),
    firstAt: within(hint.firstAt ?? earliest),
    lastAt: within(hint.lastAt ?? latest),
  };
};
