import { type FSWatcher, watch } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Schedule } from '../../schedule.ts';
import type { InstalledWatch } from '../../updates/updater.ts';
import { versionIn } from '../../updates/version.ts';
import { readRegular } from '../regular-file.ts';

export type InstalledVersionOptions = {
  /** A file in the folder of the installed files. */
  readonly file: string;
  /** Reads the version from it; undefined where it says none now. */
  readonly read: (file: string) => Promise<string | null | undefined>;
  readonly schedule: Schedule;
  readonly onVersion: (version: string | null) => void;
};

/** A package manager changes many files at once. */
const restMs = 200;

/**
 * Reads the version of the installed files, and reads it again after each change in their folder. A package manager renames a new file over
 * the old one, or replaces the folder: so every look watches the folder anew. Where the system cannot watch it, only `look` looks.
 */
export const watchInstalledVersion = (options: InstalledVersionOptions): InstalledWatch => {
  const { file, read, schedule, onVersion } = options;
  let watcher: FSWatcher | null = null;
  let cancelRead: (() => void) | null = null;
  let isClosed = false;

  const readNow = async (): Promise<void> => {
    cancelRead = null;
    const version = await read(file);
    if (version !== undefined && !isClosed) onVersion(version);
  };
  const readSoon = (): void => {
    cancelRead ??= schedule(restMs, () => void readNow());
  };
  const watchAnew = (): void => {
    watcher?.close();
    watcher = watchFolder(dirname(file), readSoon);
  };

  watchAnew();
  void readNow();
  return {
    look: () => {
      if (isClosed) return;
      watchAnew();
      readSoon();
    },
    close: () => {
      isClosed = true;
      watcher?.close();
      cancelRead?.();
    },
  };
};

const watchFolder = (folder: string, onChange: () => void): FSWatcher | null => {
  try {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
};

const mostBytes = 1024;

/** Reads a file with a version and a newline. */
export const readVersionFile = async (file: string): Promise<string | undefined> => {
  try {
    return versionIn((await readRegular(file, mostBytes)).toString('utf8')) ?? undefined;
  } catch {
    return undefined;
  }
};

/** A Flatpak that was updated has an empty file in the folder of its old files. */
export const readFlatpakMark = async (file: string): Promise<null | undefined> => {
  try {
    await access(file);
    return null;
  } catch {
    return undefined;
  }
};
