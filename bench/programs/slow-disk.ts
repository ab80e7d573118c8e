import { setTimeout as pause } from 'node:timers/promises';
import type { Folder } from '../../electron/storage/folder.ts';

/** A folder whose every sync takes `syncMs` longer. A store blocks the event loop while it syncs, so the delay blocks too. */
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
