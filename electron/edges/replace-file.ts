import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';

/**
 * Puts a whole file into the place of another, or leaves the place as it is. `write` makes the file under another name beside it, which no
 * second call and nobody else has. Rejects with the error of `write` or the system.
 */
export const replaceFile = async (
  file: string,
  write: (unfinished: string) => Promise<void>,
): Promise<void> => {
  const unfinished = `${file}.${randomBytes(8).toString('hex')}.unfinished`;
  try {
    await write(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
};
