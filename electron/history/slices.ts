import type { Folder } from '../storage/folder.ts';
import type { Log } from './log/log.ts';
import { segmentName } from './log/segments.ts';
import type { HistoryRecord } from './record.ts';

export type Slice = {
  /** The number of its first record; null: it goes down to the first record there is. */
  readonly from: number | null;
  /** The file of a sealed segment; null for what is in no such file yet. */
  readonly file: string | null;
};

/** The slice of the log below a number (null: at its end): a sealed segment, or everything newer than the newest of them. */
export const sliceBelow = (
  log: Pick<Log<HistoryRecord>, 'segments' | 'firstSeq'>,
  below: number | null,
): Slice => {
  const limit = below ?? Number.POSITIVE_INFINITY;
  const sealed = log.segments.findLast(({ damaged, firstSeq }) => !damaged && firstSeq < limit);
  if (!sealed) return { from: null, file: null };
  if (limit > sealed.lastSeq + 1) return { from: sealed.lastSeq + 1, file: null };
  const isOldest = sealed.firstSeq <= log.firstSeq;
  return { from: isOldest ? null : sealed.firstSeq, file: `${segmentName(sealed.number)}.json` };
};

/** False where a sealed segment's file holds nothing of what is looked for. What cannot be read is for the log to report. */
export const mayHold = async (
  folder: Pick<Folder, 'read'>,
  file: string,
  mayBeIn: (bytes: Uint8Array) => boolean,
): Promise<boolean> => {
  const bytes = await folder.read(file).catch(() => null);
  return bytes === null || mayBeIn(bytes);
};
