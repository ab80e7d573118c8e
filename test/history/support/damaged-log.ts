import type { Folder } from '../../../electron/history/folder.ts';
import { appendAll, openSmallLog } from './small-log.ts';
import { tempFolder } from './temp-folder.ts';

/** A closed log of segments of four, every one of them sealed or mirrored: one text per letter. */
export const filled = async (letters: string) => {
  const temp = tempFolder();
  const log = await openSmallLog(temp.folder);
  await appendAll(log, ...letters);
  await log.close();
  return temp;
};

/** A log that says what it finds damaged. */
export const opened = async (folder: Folder) => {
  const reports: string[] = [];
  const log = await openSmallLog(folder, { report: (damage) => reports.push(damage) });
  return { log, reports };
};
