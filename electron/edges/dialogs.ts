import { dialog } from 'electron';
import type { Edges, FileOffer } from '../world.ts';
import { linesIn, saveIn } from './files.ts';

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

const formatNames = { jsonl: 'JSON Lines', csv: 'Table' } satisfies Record<
  FileOffer['format'],
  string
>;

/** Asks which export, and reads it. */
export const readWhatThePersonChooses: Edges['readLines'] = async () => {
  const { filePaths } = await dialog.showOpenDialog({
    title: 'Import an export',
    properties: ['openFile'],
    filters: [{ name: 'JSON Lines', extensions: ['jsonl'] }],
  });
  const [file] = filePaths;
  return file === undefined ? null : linesIn(file);
};
