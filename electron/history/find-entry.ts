import type { Folder } from '../storage/folder.ts';
import type { Log } from './log/log.ts';
import type { HistoryRecord } from './record.ts';
import { mayHold, sliceBelow } from './slices.ts';

export type FindEntryOptions = {
  readonly folder: Pick<Folder, 'read'>;
  readonly log: Pick<Log<HistoryRecord>, 'segments' | 'firstSeq' | 'newestFirst'>;
};

/**
 * Finds the sequence number of an entry by its id, newest first. There is no index: a segment without the id is read and not parsed, and the
 * event loop runs after each.
 */
export const createFindEntry = ({ folder, log }: FindEntryOptions) => {
  return async (id: string): Promise<number | null> => {
    const written = `"id":${JSON.stringify(id)}`;
    const holdsId = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
      Buffer.from(buffer, byteOffset, byteLength).includes(written);
    let end: number | null = null;
    do {
      const { from, file } = sliceBelow(log, end);
      if (file === null || (await mayHold(folder, file, holdsId)))
        for await (const record of log.newestFirst(end, from))
          if (record.id === id) return record.seq;
      end = from;
      await new Promise(setImmediate);
    } while (end !== null);
    return null;
  };
};
