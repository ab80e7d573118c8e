import { dialog } from 'electron';
import type { Edges, FileOffer } from '../world.ts';
import { linesIn, saveIn, settingsIn } from './files.ts';

let dialogs = 0;

/** Whether the person is choosing a file. The window may be closed meanwhile. */
export const isChoosing = (): boolean => dialogs > 0;

const whileChoosing = async <T>(choose: () => Promise<T>): Promise<T> => {
  dialogs += 1;
  return choose().finally(() => {
    dialogs -= 1;
  });
};

export const saveWhereThePersonSays: Edges['saveLines'] = async (
  lines,
  { title, name, format },
) => {
  const { canceled, filePath } = await whileChoosing(() =>
    dialog.showSaveDialog({
      title,
      defaultPath: `${name}.${format}`,
      filters: [{ name: formatNames[format], extensions: [format] }],
    }),
  );
  return canceled ? null : saveIn(filePath, lines);
};

const formatNames = {
  jsonl: 'JSON Lines',
  csv: 'Table',
  json: 'Settings',
  txt: 'Text',
} satisfies Record<FileOffer['format'], string>;

export const readWhatThePersonChooses: Edges['readLines'] = async () => {
  const file = await chosen('Import an export', 'jsonl');
  return file === null ? null : () => linesIn(file);
};

export const readChosenSettings: Edges['readSettings'] = async () => {
  const file = await chosen('Restore settings', 'json');
  return file === null ? null : settingsIn(file);
};

const chosen = async (title: string, format: FileOffer['format']): Promise<string | null> => {
  const { filePaths } = await whileChoosing(() =>
    dialog.showOpenDialog({
      title,
      properties: ['openFile'],
      filters: [{ name: formatNames[format], extensions: [format] }],
    }),
  );
  return filePaths[0] ?? null;
};
