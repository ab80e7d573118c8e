import { readFile } from 'node:fs/promises';
import { dialog } from 'electron';
import type { Edges } from '../world.ts';
import { writeLines } from './files.ts';

/** Asks where to, and writes there. */
export const saveWhereThePersonSays: Edges['saveLines'] = async (lines, format) => {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: 'Export history',
    defaultPath: `hookbell-history.${format}`,
    filters: [{ name: format === 'csv' ? 'Table' : 'JSON Lines', extensions: [format] }],
  });
  return canceled ? null : { entries: await writeLines(filePath, lines) };
};

/** Asks which export, and reads it. */
export const readWhatThePersonChooses: Edges['readLines'] = async () => {
  const { filePaths } = await dialog.showOpenDialog({
    title: 'Import an export',
    properties: ['openFile'],
    filters: [{ name: 'JSON Lines', extensions: ['jsonl'] }],
  });
  const [file] = filePaths;
  return file === undefined
    ? null
    : (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
};
