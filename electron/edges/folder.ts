import {
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Appender, Folder, JsonStore } from '../history/folder.ts';
import { wholeContent } from '../history/lines.ts';

/** Makes the store of one JSON file: electron-store in the app, its engine `conf` in plain Node. */
export type StoreFactory = (folder: string, name: string) => Pick<JsonStore, 'read' | 'write'>;

/** With less than this free no store is written (S3): electron-store leaves a cut file where a disk fills up. */
const leastFree = 20 * 1024 * 1024;

/** Linux can make a write its own fdatasync: one way to the thread pool and back instead of two. Elsewhere the flag promises less. */
const syncedWrites = process.platform === 'linux' ? constants.O_DSYNC : 0;

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
const orNull = (error: unknown) => {
  if (isMissing(error)) return null;
  throw error;
};

const bytesFreeAt = (path: string): number => {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    // What cannot be asked is left to the write itself.
    return Number.POSITIVE_INFINITY;
  }
};

const sizeOf = (path: string): number | null => {
  try {
    return statSync(path).size;
  } catch {
    return null;
  }
};

/** A real folder, made when it is not there (0700); its files are the user's own (0600). */
export const openFolder = (
  path: string,
  createStore: StoreFactory,
  bytesFree = bytesFreeAt,
): Folder => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(path, name);

  const setAside = (name: string) => {
    const copies = readdirSync(path).filter((file) => file.startsWith(`${name}.corrupt-`)).length;
    renameSync(at(name), at(`${name}.corrupt-${copies + 1}`));
  };

  /** electron-store reads before it writes: a damaged file is in its way when it is opened, and is lost to it later (S2). */
  const isCut = (name: string): boolean => {
    try {
      return wholeContent(readFileSync(at(name))) === null;
    } catch {
      return false;
    }
  };

  const storeAt = (name: string): JsonStore => {
    const { read, write } = createStore(path, name);
    return {
      read,
      write: (value) => {
        if (bytesFree(path) < leastFree)
          throw Object.assign(new Error('The disk is almost full'), { code: 'ENOSPC' });
        if (isCut(`${name}.json`)) setAside(`${name}.json`);
        write(value);
      },
      setAside: () => setAside(`${name}.json`),
    };
  };

  return {
    list: () => readdir(path),
    read: (name) => readFile(at(name)).catch(orNull),
    sizes: (names) => names.map((name) => sizeOf(at(name))),
    openAppender: async (name) => {
      // Not opened for appending: Windows cannot cut such a file (node issue 3177).
      const file = await open(at(name), constants.O_RDWR | constants.O_CREAT | syncedWrites, 0o600);
      try {
        return appenderOf(file, (await file.stat()).size);
      } catch (error) {
        await file.close();
        throw error;
      }
    },
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
    sync: async () => {
      // Windows cannot sync a directory (H6).
      if (process.platform === 'win32') return;
      const folder = await open(path, 'r');
      await folder.sync().finally(() => folder.close());
    },
    store: storeAt,
  };
};

const appenderOf = (file: FileHandle, size: number): Appender => {
  let end = size;
  return {
    append: async (bytes) => {
      for (let written = 0; written < bytes.byteLength; ) {
        const left = bytes.byteLength - written;
        written += (await file.write(bytes, written, left, end + written)).bytesWritten;
      }
      if (syncedWrites === 0) await file.datasync();
      end += bytes.byteLength;
    },
    truncate: async (length) => {
      await file.truncate(length);
      end = length;
    },
    close: () => file.close(),
  };
};
