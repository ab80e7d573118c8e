import * as z from 'zod/mini';
import { confStore } from '../../../bench/harness/conf-store.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import { type Log, type LogOptions, openLog } from '../../../electron/history/log/log.ts';
import type { Folder } from '../../../electron/storage/folder.ts';

export const Entry = z.object({ seq: z.int(), receivedAt: z.int(), text: z.string() });
export type Entry = z.infer<typeof Entry>;
export type SmallLog = Log<Entry>;

export const folderAt = (path: string): Folder => openFolder(path, confStore);

/** A log whose segments are full at four records. */
export const openSmallLog = (
  folder: Folder,
  options: Partial<LogOptions<Entry>> = {},
): Promise<SmallLog> =>
  openLog<Entry>({
    folder,
    parse: (value) => Entry.safeParse(value).data ?? null,
    segmentRecords: 4,
    segmentBytes: 10_000,
    report: () => {},
    ...options,
  });

/** As large as the app's own. */
export const wholeSegments = { segmentRecords: 256, segmentBytes: 1024 * 1024 };

export const appendText = (log: SmallLog, text: string): Promise<Entry> =>
  log.append((seq) => ({ seq, receivedAt: 1000 + seq, text }));

export const appendAll = (log: SmallLog, ...texts: string[]): Promise<Entry[]> =>
  Promise.all(texts.map((text) => appendText(log, text)));

export const entriesIn = async (log: SmallLog): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of log.oldestFirst(1)) entries.push(entry);
  return entries;
};

export const textsIn = async (log: SmallLog): Promise<string[]> =>
  (await entriesIn(log)).map(({ text }) => text);

/** What a folder holds, as the next start finds it. */
export const reopened = async (folder: Folder): Promise<Entry[]> => {
  const log = await openSmallLog(folder);
  const entries = await entriesIn(log);
  await log.close();
  return entries;
};
