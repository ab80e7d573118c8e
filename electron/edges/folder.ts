import { mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Appender, Folder, JsonStore } from '../history/folder.ts';

/** Makes the store of one JSON file: electron-store in the app, its engine `conf` in plain Node. */
export type StoreFactory = (folder: string, name: string) => JsonStore;

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
const orNull = (error: unknown) => {
  if (isMissing(error)) return null;
  throw error;
};

/** A real folder, made when it is not there (0700); its files are the user's own (0600). */
export const openFolder = (path: string, createStore: StoreFactory): Folder => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(path, name);

  return {
    list: () => readdir(path),
    read: (name) => readFile(at(name)).catch(orNull),
    size: async (name) => (await stat(at(name)).catch(orNull))?.size ?? null,
    openAppender: async (name) => appenderOf(await open(at(name), 'a', 0o600)),
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
    sync: async () => {
      // Windows cannot sync a directory.
      if (process.platform === 'win32') return;
      const folder = await open(path, 'r');
      await folder.sync().finally(() => folder.close());
    },
    store: (name) => createStore(path, name),
  };
};

const appenderOf = (file: FileHandle): Appender => ({
  append: async (bytes) => {
    for (let written = 0; written < bytes.byteLength; ) {
      written += (await file.write(bytes, written, bytes.byteLength - written)).bytesWritten;
    }
    await file.datasync();
  },
  truncate: (length) => file.truncate(length),
  close: () => file.close(),
});
