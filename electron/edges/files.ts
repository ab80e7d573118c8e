import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type FileLine, linesOf } from '../storage/file-lines.ts';
import { longestLine } from '../transfer/import-line.ts';
import type { ChosenFile, Saved } from '../world.ts';
import { InTheWay } from './regular-file.ts';
import { replaceFile } from './replace-file.ts';

/** Writes all lines to a file, or no file. Returns their number. Rejects with the system's error, and where the place is no file's. */
export const writeLines = async (file: string, lines: AsyncIterable<string>): Promise<number> => {
  let count = 0;
  const counted = async function* () {
    for await (const line of lines) {
      count += 1;
      yield line;
    }
  };
  // As root a rename would replace a device, too.
  if (await isSomethingElse(file)) throw new InTheWay('file', file);
  await replaceFile(file, (unfinished) =>
    pipeline(
      Readable.from(counted()),
      createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true }),
    ),
  );
  return count;
};

const isSomethingElse = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => !found.isFile(),
    () => false,
  );

export const saveIn = async (file: string, lines: AsyncIterable<string>): Promise<Saved> => ({
  lines: await writeLines(file, lines),
  name: basename(file),
  folder: dirname(file),
});

/** See `linesOf`. */
export const linesIn = (file: string): AsyncIterable<FileLine> =>
  linesOf(createReadStream(file, 'utf8'), longestLine);

/** In bytes. */
const settingsAtMost = 1024 * 1024;

/** A settings or provisioning file, or why it cannot be read. Never opens a pipe or a device, which could block for ever. */
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
