import type { Appender } from './folder.ts';
import { decodeJournal } from './lines.ts';
import type { Context, OpenSegment } from './log-state.ts';
import { journalFile } from './segments.ts';

export type Journal<R> = {
  readonly number: number;
  readonly records: R[];
  /** Lines that cannot be read. */
  readonly lost: number;
  /** How many of them come after the last that can. */
  readonly lostAtEnd: number;
  /** Some of it is not as it was written: it takes no more lines, and stays as evidence. */
  readonly damaged: boolean;
  readonly goodBytes: number;
  readonly bytes: number;
};

/** What a journal holds. Rejects when the system cannot read it, never because of what is in it. */
export async function readJournal<R>(
  { folder, parse }: Pick<Context<R>, 'folder' | 'parse'>,
  number: number,
): Promise<Journal<R>> {
  const bytes = (await folder.read(journalFile(number))) ?? new Uint8Array();
  const { values, goodBytes, damaged } = decodeJournal(bytes);
  const lines = values.map((value) => (value === undefined ? null : parse(value)));
  const records = lines.flatMap((record) => record ?? []);
  const lost = lines.length - records.length;
  return {
    ...{ number, records, lost, goodBytes, bytes: bytes.byteLength },
    lostAtEnd: lines.length - 1 - lines.findLastIndex((record) => record !== null),
    damaged: damaged || lost > 0,
  };
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
