import {
  constants,
  fstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeContent } from '../storage/checked-json.ts';
import type { Appender, Folder, JsonStore } from '../storage/folder.ts';
import { isWrittenByNewer, readOnlyFolder } from '../storage/format.ts';
import {
  demandRegular,
  InTheWay,
  openRegular,
  readRegular,
  readRegularSync,
} from './regular-file.ts';

/** Makes the store of one JSON file: electron-store in the app, its engine `conf` in plain Node. */
export type StoreFactory = (folder: string, name: string) => Pick<JsonStore, 'read' | 'write'>;

/** With less than this free no store is written (S3): electron-store leaves a cut file where a disk fills up. */
const leastFree = 20 * 1024 * 1024;

/** Linux can make a write its own fdatasync: one way to the thread pool and back instead of two. Elsewhere the flag promises less. */
const syncedWrites = process.platform === 'linux' ? constants.O_DSYNC : 0;

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';
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

export type FolderOptions = {
  /** How many bytes the volume of a path has left. */
  readonly bytesFree?: (path: string) => number;
  /** Throws when nothing may be written here any more. Called before each change. */
  readonly demandHeld?: () => void;
  /** Told once when the file system cannot sync this folder: then a power cut may undo a new name (H6). */
  readonly onUnsynced?: (error: Error) => void;
};

/** Some network and FUSE file systems sync files and no folders. */
const isUnsyncable = (error: unknown): error is Error =>
  ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP'].includes(codeOf(error));

const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOTDIR'
      ? new InTheWay('folder', path)
      : error;
  }
};

/**
 * A real folder, made when it is not there (0700); its files are the user's own (0600). A path that is no file is refused at once instead
 * of being waited for (P4). Its format.json says who wrote it: a folder of a newer Hookbell can only be read (H17).
 */
export const openFolder = (
  path: string,
  createStore: StoreFactory,
  { bytesFree = bytesFreeAt, demandHeld = () => {}, onUnsynced = () => {} }: FolderOptions = {},
): Folder => {
  makeFolder(path);
  const at = (name: string) => join(path, name);
  const store = storesIn(path, createStore, { bytesFree, demandHeld });
  const folder: Folder = {
    writtenByNewer: false,
    list: () => readdir(path),
    read: (name) => readRegular(at(name)).catch(orNull),
    sizes: (names) => names.map((name) => sizeOf(at(name))),
    openAppender: async (name) => {
      demandHeld();
      // Not opened for appending: Windows cannot cut such a file (node issue 3177).
      const flags = constants.O_RDWR | constants.O_CREAT | syncedWrites;
      const file = await openRegular(at(name), flags, 0o600);
      try {
        return appenderOf(file, (await file.stat()).size, demandHeld);
      } catch (error) {
        await file.close();
        throw error;
      }
    },
    rename: async (from, to) => {
      demandHeld();
      await rename(at(from), at(to));
    },
    remove: async (name) => {
      demandHeld();
      await rm(at(name), { force: true });
    },
    sync: syncOf(path, onUnsynced),
    store,
  };
  return isWrittenByNewer(store('format')) ? readOnlyFolder(folder) : folder;
};

/** Makes the stores of a folder. */
const storesIn = (
  path: string,
  createStore: StoreFactory,
  { bytesFree, demandHeld }: Required<Pick<FolderOptions, 'bytesFree' | 'demandHeld'>>,
): Folder['store'] => {
  const setAside = (file: string) => {
    demandHeld();
    const copies = readdirSync(path).filter((name) => name.startsWith(`${file}.corrupt-`)).length;
    renameSync(join(path, file), join(path, `${file}.corrupt-${copies + 1}`));
  };

  return (name) => {
    const { read, write } = createStore(path, name);
    const file = `${name}.json`;
    return {
      read: () => {
        demandRegular(join(path, file));
        return read();
      },
      write: (value) => {
        demandHeld();
        demandRegular(join(path, file));
        if (bytesFree(path) < leastFree)
          throw Object.assign(new Error('The disk is almost full'), { code: 'ENOSPC' });
        if (isCut(join(path, file))) setAside(file);
        write(value);
      },
      setAside: () => setAside(file),
    };
  };
};

/** electron-store reads before it writes: a damaged file is in its way when it is opened, and is lost to it later (S2). */
const isCut = (path: string): boolean => {
  try {
    return wholeContent(readRegularSync(path)) === null;
  } catch {
    return false;
  }
};

/** Windows cannot sync a folder (H6). */
const syncOf = (path: string, onUnsynced: (error: Error) => void): Folder['sync'] => {
  let canSync = process.platform !== 'win32';
  return async () => {
    if (!canSync) return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } catch (error) {
      if (!isUnsyncable(error)) throw error;
      if (canSync) onUnsynced(error);
      canSync = false;
    } finally {
      await folder.close();
    }
  };
};

/** A journal that is not as we left it has another writer: two would write over each other's lines (H18). */
const demandUntouched = ({ fd }: FileHandle, end: number): void => {
  const { size, nlink } = fstatSync(fd);
  if (nlink === 0) throw new Error('The journal was removed by another program.');
  if (size !== end) throw new Error('The journal was changed by another program.');
};

const appenderOf = (file: FileHandle, size: number, demandHeld: () => void): Appender => {
  let end = size;
  return {
    append: async (bytes) => {
      demandHeld();
      demandUntouched(file, end);
      for (let written = 0; written < bytes.byteLength; ) {
        const left = bytes.byteLength - written;
        written += (await file.write(bytes, written, left, end + written)).bytesWritten;
      }
      if (syncedWrites === 0) await file.datasync();
      end += bytes.byteLength;
    },
    truncate: async (length) => {
      demandHeld();
      await file.truncate(length);
      end = length;
    },
    close: () => file.close(),
  };
};
