import type { Folder } from '../../../electron/storage/folder.ts';
import { appendAll, openSmallLog } from './small-log.ts';
import { tempFolder, withStores } from './temp-folder.ts';

/** A closed log of segments of four, the last one sealed early: one text per letter. */
export const filled = async (letters: string) => {
  const temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  await appendAll(log, ...letters);
  await log.close();
  return temp;
};

/** As `filled`, but as a crash leaves it: the open segment is in its journal only. */
export const crashed = async (letters: string) => {
  const temp = tempFolder();
  let isOver = false;
  const log = await openSmallLog(withStores(temp.folder, () => isOver));
  await appendAll(log, ...letters);
  await log.sealFull();
  isOver = true;
  await log.close();
  return temp;
};

/** A log that says what it finds damaged. */
export const opened = async (folder: Folder) => {
  const reports: string[] = [];
  const log = await openSmallLog(folder, { report: (damage) => reports.push(damage) });
  return { log, reports };
};
