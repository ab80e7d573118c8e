import * as z from 'zod/mini';
import type { Folder, JsonStore } from './folder.ts';
import { isDamage } from './set-aside.ts';

/** The format of everything in a folder of the profile. */
export const formatVersion = 1;

export class WrittenByNewer extends Error {
  constructor(file: string) {
    super(`${file} was written by a newer Hookbell`);
  }
}

const Format = z.object({ v: z.int() });

/**
 * Whether a newer Hookbell wrote the folder of this format.json (H17). Writes the file where it is missing or damaged. A file that the
 * system refuses to read says nothing.
 */
export const isWrittenByNewer = (format: JsonStore): boolean => {
  try {
    const found = Format.safeParse(format.read()).data;
    if (found) return found.v > formatVersion;
  } catch (error) {
    if (!isDamage(error)) return false;
  }
  try {
    format.write({ v: formatVersion });
  } catch {
    // Nothing rests on it before a newer version is installed.
  }
  return false;
};

export const readOnlyFolder = (folder: Folder): Folder => {
  const refuse = (file: string): never => {
    throw new WrittenByNewer(file);
  };
  return {
    ...folder,
    writtenByNewer: true,
    openAppender: async (name) => refuse(name),
    rename: async (from) => refuse(from),
    remove: async (name) => refuse(name),
    store: (name) => ({
      read: folder.store(name).read,
      write: () => refuse(`${name}.json`),
      setAside: () => refuse(`${name}.json`),
    }),
  };
};
