import { lineLength } from './lines.ts';
import type { Context, Sequenced } from './log-state.ts';
import { segmentFileName, segmentIn } from './segments.ts';

/** What was copied from a journal into its segment's file while the segment was open. */
export type Mirror<R> = {
  readonly records: readonly R[];
  /** Of the file, and of the lines in the journal that it was made from. */
  readonly bytes: number;
  readonly journalBytes: number;
};

type Reader<R> = Pick<Context<R>, 'folder' | 'parse'>;

/** Null where there is none, or none that can be read. */
export const readMirror = <R extends Sequenced>(
  reader: Reader<R>,
  number: number,
): Promise<Mirror<R> | null> => mirrorIn(reader, segmentFileName(number)).catch(() => null);

/** All that mirrors of a segment hold, those among them that were set aside for its seal; more, where the system refused to read one. */
export async function mirroredRecords<R extends Sequenced>(
  reader: Reader<R>,
  number: number,
): Promise<{ records: R[]; mayHaveMore: boolean }> {
  const name = segmentFileName(number);
  const known = new Map<number, R>();
  let mayHaveMore = false;
  try {
    const files = await reader.folder.list();
    for (const file of files) {
      if (file !== name && !file.startsWith(`${name}.corrupt-`)) continue;
      const mirror = await mirrorIn(reader, file);
      for (const record of mirror?.records ?? []) known.set(record.seq, record);
    }
  } catch {
    mayHaveMore = true;
  }
  return { records: [...known.values()].sort((a, b) => a.seq - b.seq), mayHaveMore };
}

/** Null where it is damaged. Rejects when the system cannot read it. */
async function mirrorIn<R extends Sequenced>(
  { folder, parse }: Reader<R>,
  file: string,
): Promise<Mirror<R> | null> {
  const bytes = await folder.read(file);
  const events = bytes ? eventsIn(bytes) : [];
  const records = events.flatMap((event) => parse(event) ?? []);
  const lengths = events.map((event) => lineLength(JSON.stringify(event)));
  const journalBytes = lengths.reduce((sum, length) => sum + length, 0);
  return records.length > 0 ? { records, bytes: bytes?.byteLength ?? 0, journalBytes } : null;
}

/** What a segment's file holds, not yet parsed; nothing where it is damaged. */
export const eventsIn = (bytes: Uint8Array): unknown[] => {
  try {
    return segmentIn(bytes).events;
  } catch {
    return [];
  }
};

/**
 * A journal's records with what its mirrors have for the lines that cannot be read (null). Whatever stands between two lines
 * that can be read is as the journal says: nothing is added there.
 */
export function filledIn<R extends Sequenced>(
  lines: readonly (R | null)[],
  mirrored: readonly R[],
): R[] {
  const records: R[] = [];
  const between = (before: number, after: number) =>
    mirrored.filter(({ seq }) => seq > before && seq < after);
  let isLost = false;
  for (const line of lines) {
    if (line && isLost) records.push(...between(records.at(-1)?.seq ?? 0, line.seq));
    if (line) records.push(line);
    isLost = line === null;
  }
  if (isLost) records.push(...between(records.at(-1)?.seq ?? 0, Number.POSITIVE_INFINITY));
  return records;
}
