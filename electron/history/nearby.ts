import type { Folder } from '../storage/folder.ts';
import type { Log } from './log/log.ts';
import type { HistoryRecord, StoredEntry } from './record.ts';
import { mayHold, sliceBelow } from './slices.ts';

/** A stretch of the history, and what is looked for there. */
export type Stretch = {
  /** Sequence numbers: the first that is too new, and the oldest. */
  readonly below: number;
  readonly from: number;
  /** Texts as they stand in the file of a segment; asked before each. One without any of them is read and not parsed. */
  readonly literals: () => readonly string[];
  /** Takes an entry, newest first. False: nothing more is wanted. */
  readonly take: (stored: StoredEntry) => boolean;
};

export type NearbyOptions = {
  readonly folder: Pick<Folder, 'read'>;
  readonly log: Pick<Log<HistoryRecord>, 'segments' | 'firstSeq' | 'newestFirst'>;
  readonly stored: (record: HistoryRecord) => StoredEntry;
  /** Epoch ms. */
  readonly now: () => number;
};

/** After so long a look around ends with what it found. */
const patienceMs = 400;
/** As many as a segment holds. The event loop runs after each slice: deliveries come first. */
const sliceRecords = 256;

/** Goes through a stretch of the history, apart from the searches of the timeline. It ends early where the disk is slow. */
export const createNearby =
  ({ folder, log, stored, now }: NearbyOptions) =>
  async ({ below, from: oldest, literals, take }: Stretch): Promise<void> => {
    const startedAt = now();
    const holdsAny = ({ buffer, byteOffset, byteLength }: Uint8Array) => {
      const bytes = Buffer.from(buffer, byteOffset, byteLength);
      return literals().some((literal) => bytes.includes(literal));
    };
    let end: number | null = below;
    while (end !== null && end > oldest && now() - startedAt < patienceMs) {
      const { from, file } = sliceBelow(log, end);
      const least = Math.max(from ?? 1, oldest);
      if (file === null || (await mayHold(folder, file, holdsAny))) {
        let looked = 0;
        for await (const record of log.newestFirst(end, least)) {
          if (!take(stored(record))) return;
          looked += 1;
          if (looked % sliceRecords === 0) await new Promise(setImmediate);
        }
      }
      end = from;
      await new Promise(setImmediate);
    }
  };
