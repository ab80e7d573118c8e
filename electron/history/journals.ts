import type { Appender } from './folder.ts';
import { decodeJournal, wholeLines } from './lines.ts';
import type { Context, OpenSegment, Sequenced } from './log-state.ts';
import { journalFile } from './segments.ts';

export type Journal<R> = {
  readonly number: number;
  readonly records: R[];
  /** How many there are, and the number of the newest; null where there is none. */
  readonly count: number;
  readonly lastSeq: number | null;
  /** Lines that cannot be read. */
  readonly lost: number;
  /** How many of them come after the last that can. */
  readonly lostAtEnd: number;
  /** Some of it is not as it was written: it takes no more lines, and stays as evidence. */
  readonly damaged: boolean;
  readonly goodBytes: number;
  readonly bytes: number;
};

type Reader<R> = Pick<Context<R>, 'folder' | 'parse' | 'report'>;

/** What a journal holds. Rejects when the system cannot read it, never because of what is in it. */
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
    ...{ number, count: lines.length, lastSeq: last.seq },
    get records() {
      records ??= parsed();
      return records;
    },
    ...{ lost: 0, lostAtEnd: 0, damaged: false },
    ...{ goodBytes: bytes.byteLength, bytes: bytes.byteLength },
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
  const lost = lines.length - records.length;
  reportLost(report, number, lost, lines.length);
  return {
    ...{ number, records, lost, goodBytes, bytes: bytes.byteLength },
    ...{ count: records.length, lastSeq: records.at(-1)?.seq ?? null },
    lostAtEnd: lines.length - 1 - lines.findLastIndex((record) => record !== null),
    damaged: damaged || lost > 0,
  };
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
