import { dialog } from 'electron';
import type { Edges, FileOffer } from '../world.ts';
import { linesIn, saveIn, settingsIn } from './files.ts';

/** Asks where to, and writes there. */
export const saveWhereThePersonSays: Edges['saveLines'] = async (
  lines,
  { title, name, format },
) => {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title,
    defaultPath: `${name}.${format}`,
    filters: [{ name: formatNames[format], extensions: [format] }],
  });
  return canceled ? null : saveIn(filePath, lines);
};

const formatNames = { jsonl: 'JSON Lines', csv: 'Table', json: 'Settings' } satisfies Record<
  FileOffer['format'],
  string
>;

/** Asks which export to read. */
export const readWhatThePersonChooses: Edges['readLines'] = async () => {
  const file = await chosen('Import an export', 'jsonl');
  return file === null ? null : () => linesIn(file);
};

/** Asks which file of settings, and reads it. */
export const readChosenSettings: Edges['readSettings'] = async () => {
  const file = await chosen('Restore settings', 'json');
  return file === null ? null : settingsIn(file);
};

const chosen = async (title: string, format: FileOffer['format']): Promise<string | null> => {
  const { filePaths } = await dialog.showOpenDialog({
    title,
    properties: ['openFile'],
    filters: [{ name: formatNames[format], extensions: [format] }],
  });
  return filePaths[0] ?? null;
};
