import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileLine, linesOf } from '../file-lines.ts';
import { longestLine } from '../history/import-line.ts';
import type { ChosenFile, Saved } from '../world.ts';

/** Writes lines to a file, all of them or none: the name appears only when everything is on disk. Rejects with the system's error. */
export const writeLines = async (file: string, lines: AsyncIterable<string>): Promise<number> => {
  const unfinished = `${file}.unfinished`;
  let count = 0;
  const counted = async function* () {
    for await (const line of lines) {
      count += 1;
      yield line;
    }
  };
  try {
    await pipeline(Readable.from(counted()), createWriteStream(unfinished, { mode: 0o600 }));
    const written = await open(unfinished, 'r+');
    await written.sync().finally(() => written.close());
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return count;
};

/** Writes lines to a file that the person chose. */
export const saveIn = async (file: string, lines: AsyncIterable<string>): Promise<Saved> => ({
  lines: await writeLines(file, lines),
  name: basename(file),
  folder: dirname(file),
});

/** The lines of a file that the person chose, see `linesOf`. */
export const linesIn = (file: string): AsyncIterable<FileLine> =>
  linesOf(createReadStream(file, 'utf8'), longestLine);

/** Longer than any file of settings. In bytes. */
const settingsAtMost = 1024 * 1024;

/**
 * A file of settings, or a provisioning file, as it is on the disk. Says why it cannot be read; a pipe or a device is not even opened:
 * it could keep the app waiting for ever.
 */
export const settingsIn = async (file: string): Promise<ChosenFile> => {
  const name = basename(file);
  try {
    const found = await stat(file);
    if (!found.isFile())
      return { name, unreadable: 'has to be a plain file, and is a folder, a pipe or a device' };
    if (found.size > settingsAtMost)
      return { name, unreadable: 'is too large to be a file of settings' };
    return { name, text: await readFile(file, 'utf8') };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    return { name, unreadable: `cannot be read: ${why}` };
  }
};
