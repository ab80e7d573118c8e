import type { Appender } from '../../storage/folder.ts';
import { decodeJournal, wholeLines } from '../../storage/journal-codec.ts';
import { type Hint, hintIn } from './examine-segments.ts';
import type { Context, OpenSegment } from './log-state.ts';
import type { Sequenced } from './segments.ts';
import { journalFile } from './segments.ts';

export type Journal<R> = {
  readonly number: number;
  readonly records: R[];
  readonly count: number;
  readonly first: R | null;
  readonly last: R | null;
  /** Unreadable lines before the first record and after the last; all of them where there is no record. */
  readonly lostBefore: number;
  readonly lostAfter: number;
  readonly hint: Hint;
  /** Some of it is not as it was written: it takes no more lines, and stays as evidence. */
  readonly damaged: boolean;
  readonly goodBytes: number;
  readonly bytes: number;
};

type Reader<R> = Pick<Context<R>, 'folder' | 'parse' | 'report'>;

/** What a journal holds. Rejects when the system cannot read it, never because of what is in it (H5, H11). */
export async function readJournal<R extends Sequenced>(
  context: Reader<R>,
  number: number,
): Promise<Journal<R>> {
  const bytes = (await context.folder.read(journalFile(number))) ?? new Uint8Array();
  return wholeJournal(context, number, bytes) ?? examinedJournal(context, number, bytes);
}

/** A whole journal. Its records are parsed when they are asked for: that takes longer than everything else at a start. */
function wholeJournal<R extends Sequenced>(
  { parse, report }: Reader<R>,
  number: number,
  bytes: Uint8Array,
): Journal<R> | null {
  const { lines, end } = wholeLines(bytes);
  const recordIn = (line: Buffer | undefined): R | null => {
    try {
      return line ? parse(JSON.parse(line.toString('utf8'))) : null;
    } catch {
      return null;
    }
  };
  const [first, last] = [recordIn(lines[0]), recordIn(lines.at(-1))];
  const isWhole = end === bytes.byteLength;
  if (!isWhole || !first || !last || last.seq - first.seq + 1 !== lines.length) return null;

  let records: R[] | null = null;
  const parsed = (): R[] => {
    const known = lines.flatMap((line) => recordIn(line) ?? []);
    reportLost(report, number, lines.length - known.length, lines.length);
    return known;
  };
  return {
    number,
    count: lines.length,
    first,
    last,
    get records() {
      records ??= parsed();
      return records;
    },
    lostBefore: 0,
    lostAfter: 0,
    hint: {},
    damaged: false,
    goodBytes: bytes.byteLength,
    bytes: bytes.byteLength,
  };
}

function examinedJournal<R extends Sequenced>(
  { parse, report }: Reader<R>,
  number: number,
  bytes: Uint8Array,
): Journal<R> {
  const { values, goodBytes, damaged } = decodeJournal(bytes);
  const lines = values.map((value) => (value === undefined ? null : parse(value)));
  const records = lines.flatMap((record) => record ?? []);
  const { lost, lostBefore, lostAfter } = lossesOf(lines, records);
  reportLost(report, number, lost, records.length + lost);
  return {
    number,
    records,
    count: records.length,
    lostBefore,
    lostAfter,
    first: records[0] ?? null,
    last: records.at(-1) ?? null,
    hint: records.length > 0 ? {} : hintIn(bytes),
    damaged: damaged || lines.includes(null),
    goodBytes,
    bytes: bytes.byteLength,
  };
}

/** How many lines cannot be read: in all, before the first record, and after the last. */
function lossesOf<R extends Sequenced>(
  lines: readonly (R | null)[],
  records: readonly R[],
): { lost: number; lostBefore: number; lostAfter: number } {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return { lost: lines.length, lostBefore: 0, lostAfter: lines.length };
  const lostBefore = lines.indexOf(first);
  const lostAfter = lines.length - 1 - lines.lastIndexOf(last);
  const between = last.seq - first.seq + 1 - records.length;
  return { lost: between + lostBefore + lostAfter, lostBefore, lostAfter };
}

function reportLost<R>(
  report: Context<R>['report'],
  number: number,
  lost: number,
  of: number,
): void {
  if (lost > 0) report(`${lost} of ${of} entries in ${journalFile(number)} cannot be read`);
}

/** Opens a journal so that its name survives a power cut. */
export async function openJournal<R>(
  { folder, at }: Pick<Context<R>, 'folder' | 'at'>,
  number: number,
): Promise<Appender> {
  const appender = await folder.openAppender(journalFile(number));
  try {
    await at('open:opened');
    await folder.sync();
    return appender;
  } catch (error) {
    await appender.close().catch(() => {});
    throw error;
  }
}

/** Makes a segment's journal ready for its next line: a half-written one is never followed by a good one (H3). */
export async function readyToAppend<R>(
  context: Context<R>,
  segment: OpenSegment<R>,
): Promise<Appender> {
  segment.appender ??= await openJournal(context, segment.number);
  if (segment.torn) {
    await segment.appender.truncate(segment.bytes);
    segment.torn = false;
    await context.at('open:cut');
  }
  return segment.appender;
}
