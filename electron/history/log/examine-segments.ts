import { isDamage } from '../../storage/set-aside.ts';
import type { Context } from './log-state.ts';
import type { Sequenced } from './segments.ts';
import {
  describeSegment,
  eventsIn,
  knowsItsNumbers,
  type SegmentInfo,
  segmentFileName,
  segmentNumber,
  segmentsIn,
  setAsideNumber,
} from './segments.ts';

/** The first and last receipt that can still be read in a damaged file. */
export type Hint = {
  readonly firstAt?: number | undefined;
  readonly lastAt?: number | undefined;
};

export type Fine = {
  readonly number: number;
  readonly status: 'fine';
  readonly info: SegmentInfo;
};
export type Lost = {
  readonly number: number;
  /** Rotten: the file is there. Gone: it is missing, or was set aside before. */
  readonly status: 'rotten' | 'unreadable' | 'gone';
  readonly known: SegmentInfo | null;
  readonly hint: Hint;
};
export type Examined = Fine | Lost;

export type Examination = {
  readonly segments: readonly Examined[];
  /** The index does not say what was found. */
  readonly stale: boolean;
};

/** The segments that the index lists, those with a journal among them. */
export type Index = {
  readonly known: ReadonlyMap<number, SegmentInfo>;
  readonly status: 'read' | 'none' | 'damaged';
};

export function readIndex<R>({ folder, report }: Context<R>): Index {
  try {
    const value = folder.store('index').read();
    if (value === undefined) return { known: new Map(), status: 'none' };
    return { known: new Map(segmentsIn(value).map((info) => [info.number, info])), status: 'read' };
  } catch {
    if (!folder.writtenByNewer) report('The index was damaged and has been rebuilt');
    return { known: new Map(), status: 'damaged' };
  }
}

/**
 * Looks at every segment that has no journal, and changes nothing. A segment whose file is as large as the index says is believed
 * unread (H10).
 */
export async function examineSegments<R extends Sequenced>(
  context: Context<R>,
  files: readonly string[],
  journals: readonly number[],
  { known, status }: Index,
): Promise<Examination> {
  const others = (numbers: readonly number[]) => numbers.filter((one) => !journals.includes(one));
  const onDisk = others(files.flatMap((file) => segmentNumber(file) ?? []));
  const sizes = context.folder.sizes(onDisk.map(segmentFileName));
  const segments: Examined[] = [];
  let stale = status === 'damaged';

  for (const [at, number] of onDisk.entries()) {
    const info = known.get(number) ?? null;
    if (info && !info.damaged && info.bytes === sizes[at] && knowsItsNumbers(info)) {
      segments.push({ number, status: 'fine', info });
      continue;
    }
    stale = true;
    segments.push(await examine(context, number, info));
  }
  const setAsideBefore =
    status === 'read' ? [] : files.flatMap((file) => setAsideNumber(file) ?? []);
  const found = new Set(onDisk);
  for (const number of new Set(others([...known.keys(), ...setAsideBefore]))) {
    if (found.has(number)) continue;
    const info = known.get(number) ?? null;
    stale ||= !info?.damaged;
    segments.push({ number, status: 'gone', known: info, hint: {} });
  }
  return { segments: segments.sort((a, b) => a.number - b.number), stale };
}

/** Reads a segment to the end, and changes nothing. */
export async function examine<R extends Sequenced>(
  { folder, parse, report }: Context<R>,
  number: number,
  known: SegmentInfo | null,
): Promise<Examined> {
  const file = segmentFileName(number);
  let bytes: Uint8Array | null = null;
  try {
    bytes = await folder.read(file);
    const events = eventsIn(bytes ?? new Uint8Array());
    const records = events.flatMap((event) => parse(event) ?? []);
    const lost = events.length - records.length;
    if (lost > 0) report(`${lost} of ${events.length} entries in ${file} cannot be read`);
    const info = describeSegment(number, records, bytes?.byteLength ?? 0);
    return { number, status: 'fine', info };
  } catch (error) {
    const status = isDamage(error) ? 'rotten' : 'unreadable';
    return { number, status, known, hint: hintIn(bytes) };
  }
}

/** The dates that are left in a damaged file. */
export const hintIn = (bytes: Uint8Array | null): Hint => {
  const text = Buffer.from(bytes ?? []).toString('latin1');
  const instants = [...text.matchAll(/"receivedAt":(\d{1,15})[,}]/g)].map(([, digits]) =>
    Number(digits),
  );
  // One that was cut off says nothing of its end.
  return { firstAt: instants[0], lastAt: /}\n?$/.test(text) ? instants.at(-1) : undefined };
};

/**
 * What to list for a damaged segment: what the index knew, else everything between its neighbours. Where nothing follows, `mostRecords` are
 * reserved, so that no number is given twice.
 */
export const describeDamaged = (
  { number, known, hint }: Lost,
  before: SegmentInfo | undefined,
  after: SegmentInfo | undefined,
  mostRecords: number,
): SegmentInfo => {
  if (known) return { ...known, damaged: true };
  const firstSeq = 1 + (before?.lastSeq ?? 0);
  const lastSeq = after ? Math.max(firstSeq, after.firstSeq - 1) : firstSeq + mostRecords - 1;
  const earliest = before?.lastAt ?? hint.firstAt ?? after?.firstAt ?? 0;
  const latest = Math.max(earliest, after?.firstAt ?? hint.lastAt ?? hint.firstAt ?? earliest);
  const within = (at: number) => Math.min(Math.max(at, earliest), latest);
  return {
    number,
    count: 0,
    firstSeq,
    lastSeq,
    bytes: 0,
    damaged: true,
    firstAt: within(hint.firstAt ?? earliest),
    lastAt: within(hint.lastAt ?? latest),
  };
};
