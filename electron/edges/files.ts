import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
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

/**
 * The lines of a file that the person chose, but for empty ones. Not by `readline`: it ends lines at U+2028 too, which stands in JSON
 * as it is.
 */
export async function* linesIn(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}

/** No file of settings comes near it. */
const settingsAtMost = 1024 * 1024;

/** A file of settings that the person chose. */
export const settingsIn = async (file: string): Promise<ChosenFile> => {
  const name = basename(file);
  try {
    const { size } = await stat(file);
    if (size > settingsAtMost) return { name, unreadable: 'is too large to be a file of settings' };
    return { name, text: await readFile(file, 'utf8') };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    return { name, unreadable: `cannot be read: ${why}` };
  }
};
