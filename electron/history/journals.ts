import { type Hint, hintIn } from './examine-segments.ts';
import type { Appender } from './folder.ts';
import { decodeJournal, wholeLines } from './lines.ts';
import type { Context, OpenSegment, Sequenced } from './log-state.ts';
import { filledIn, mirroredRecords } from './mirrors.ts';
import { journalFile } from './segments.ts';

export type Journal<R> = {
  readonly number: number;
  /** What can be read of it, and what its mirrors have for the rest. */
  readonly records: R[];
  readonly count: number;
  /** The oldest and the newest of them; null where there is none. */
  readonly first: R | null;
  readonly last: R | null;
  /** Lines that nobody can read any more before the first record, and after the last; all of them where there is none. */
  readonly lostBefore: number;
  readonly lostAfter: number;
  /** A mirror that could make up for what it lost was not to be read now. */
  readonly mayHaveMore: boolean;
  /** What is left of one that has no records. */
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

/**
 * A journal that is as it was written, from its first number to its last. Its records are parsed when somebody asks for them:
 * that takes longer than everything else at a start.
 */
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
    ...{ number, count: lines.length, first, last },
    get records() {
      records ??= parsed();
      return records;
    },
    ...{ lostBefore: 0, lostAfter: 0, mayHaveMore: false, hint: {}, damaged: false },
    ...{ goodBytes: bytes.byteLength, bytes: bytes.byteLength },
  };
}

async function examinedJournal<R extends Sequenced>(
  context: Reader<R>,
  number: number,
  bytes: Uint8Array,
): Promise<Journal<R>> {
  const { values, goodBytes, damaged } = decodeJournal(bytes);
  const lines = values.map((value) => (value === undefined ? null : context.parse(value)));
  // A torn end was never mirrored: where a mirror knows what came there, it was not torn.
  const ends = goodBytes < bytes.byteLength || lines.length === 0 ? [null] : [];
  const places = [...lines, ...ends];
  const isWhole = !places.includes(null);
  const mirrored = isWhole ? noMirror : await mirroredRecords(context, number);
  const records = filledIn(places, mirrored.records);
  const { lost, lostBefore, lostAfter } = isWhole ? nothingLost : lossesOf(lines, records);
  const isMended = records.length > lines.filter((record) => record !== null).length;
  reportLost(context.report, number, lost, records.length + lost);
  if (isMended && lost === 0)
    context.report(`${journalFile(number)} was damaged, and what it lost was read from its copy`);
  return {
    ...{ number, records, count: records.length, lostBefore, lostAfter },
    ...{ first: records[0] ?? null, last: records.at(-1) ?? null },
    hint: records.length > 0 ? {} : { ...hintIn(bytes), entries: lines.length || undefined },
    mayHaveMore: mirrored.mayHaveMore && lines.includes(null),
    damaged: damaged || lines.includes(null) || isMended,
    ...{ goodBytes, bytes: bytes.byteLength },
  };
}

const noMirror = { records: [], mayHaveMore: false };
const nothingLost = { lost: 0, lostBefore: 0, lostAfter: 0 };

/** What is missing of a journal's lines among its records. */
function lossesOf<R extends Sequenced>(
  lines: readonly (R | null)[],
  records: readonly R[],
): typeof nothingLost {
  if (!lines.includes(null)) return nothingLost;
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) return { lost: lines.length, lostBefore: 0, lostAfter: lines.length };
  const read = lines.flatMap((record) => record ?? []);
  const [firstRead, lastRead] = [read[0], read.at(-1)];
  const [leading, trailing] =
    firstRead && lastRead
      ? [
          lines.indexOf(firstRead) - (firstRead.seq - first.seq),
          lines.length - 1 - lines.lastIndexOf(lastRead) - (last.seq - lastRead.seq),
        ]
      : [0, lines.length - records.length];
  const [lostBefore, lostAfter] = [Math.max(0, leading), Math.max(0, trailing)];
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
