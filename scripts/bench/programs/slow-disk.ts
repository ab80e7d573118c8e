import { setTimeout as pause } from 'node:timers/promises';
import type { Folder } from '../../../electron/history/folder.ts';

/** A folder on a disk whose every sync takes that much longer; 0: the folder itself. A store blocks while it syncs, and so it does here. */
export const slowDisk = (folder: Folder, syncMs: number): Folder => {
  if (syncMs === 0) return folder;
  return {
    ...folder,
    openAppender: async (name) => {
      const appender = await folder.openAppender(name);
      return {
        ...appender,
        append: async (bytes) => {
          await appender.append(bytes);
          await pause(syncMs);
        },
      };
    },
    sync: async () => {
      await folder.sync();
      await pause(syncMs);
    },
    store: (name) => {
      const store = folder.store(name);
      return {
        ...store,
        write: (value) => {
          store.write(value);
          block(syncMs);
        },
      };
    },
  };
};

const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
