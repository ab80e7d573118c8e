import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Appender, Folder } from '../../../electron/storage/folder.ts';
import { folderAt } from './small-log.ts';

/** A folder of a test's own, gone at its end. */
export const tempFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-log-'));
  return {
    path,
    folder: folderAt(path),
    file: (name: string) => join(path, name),
    /** Of all files but format.json, which is in every folder. */
    names: () =>
      readdirSync(path)
        .filter((name) => name !== 'format.json')
        .sort(),
    /** Every file with its bytes. */
    contents: () =>
      readdirSync(path)
        .sort()
        .map((name) => [name, readFileSync(join(path, name), 'latin1')]),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
};

/** The folder at a path once a newer Hookbell has written there. */
export const takenOverByNewer = (path: string): Folder => {
  folderAt(path).store('format').write({ v: 2 });
  return folderAt(path);
};

export const systemError = (code: string) =>
  Object.assign(new Error(`the system says ${code}`), { code });

/** A folder whose journals behave as a test wants. */
export const withAppender = (
  folder: Folder,
  changed: (real: Appender, name: string) => Partial<Appender>,
): Folder => ({
  ...folder,
  openAppender: async (name) => {
    const real = await folder.openAppender(name);
    return { ...real, ...changed(real, name) };
  },
});

/** The folder at a path, with journals that the system may write whenever it likes. */
export const withoutSyncs =
  (path: string) =>
  (folder: Folder): Folder => ({
    ...folder,
    openAppender: async (name) => {
      const file = await open(join(path, name), 'a+', 0o600);
      return {
        append: (bytes) => file.appendFile(bytes),
        truncate: (length) => file.truncate(length),
        close: () => file.close(),
      };
    },
  });

/** A folder that can be told not to write its stores. */
export const withStores = (folder: Folder, refuses: (name: string) => boolean): Folder => ({
  ...folder,
  store: (name) => {
    const store = folder.store(name);
    return {
      ...store,
      write: (value) => {
        if (refuses(name)) throw systemError('ENOSPC');
        store.write(value);
      },
    };
  },
});

/** A folder in which a segment is never sealed: it stays in its journal, as a crash leaves it. */
export const withUnsealed = (folder: Folder, number: number): Folder =>
  withStores(folder, (name) => name === `seg-${String(number).padStart(6, '0')}`);

/** A folder whose stores the system may refuse to read. */
export const withUnreadable = (folder: Folder, refuses: (name: string) => boolean): Folder => ({
  ...folder,
  store: (name) => {
    const store = folder.store(name);
    return {
      ...store,
      read: () => {
        if (refuses(name)) throw systemError('EACCES');
        return store.read();
      },
    };
  },
});
