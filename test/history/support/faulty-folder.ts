import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../../../electron/storage/folder.ts';

/** Errors as the system gives them, and electron-store's own on a full disk: success, and half a file. */
export const faults = ['ENOSPC', 'EIO', 'EACCES', 'EBUSY', 'cut'] as const;
export type Fault = (typeof faults)[number];

const errorOf = (code: string) => Object.assign(new Error(`the disk says ${code}`), { code });

/** A folder whose calls are counted, and can be made to fail from the nth on. */
export const faultyFolder = (path: string, real: Folder) => {
  let calls = 0;
  let failsFrom = Number.POSITIVE_INFINITY;
  let failsUntil = Number.POSITIVE_INFINITY;
  let fault: Fault = 'EIO';

  const fails = () => {
    calls += 1;
    return calls >= failsFrom && calls < failsUntil;
  };
  const orFail = <A extends unknown[], T>(call: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      if (fails() && fault !== 'cut') throw errorOf(fault);
      return call(...given);
    };
  };

  const folder: Folder = {
    writtenByNewer: false,
    list: orFail(real.list),
    read: orFail(real.read),
    sizes: (names) => (fails() && fault !== 'cut' ? names.map(() => null) : real.sizes(names)),
    rename: orFail(real.rename),
    remove: orFail(real.remove),
    sync: orFail(real.sync),
    openAppender: orFail(async (name) => {
      const appender = await real.openAppender(name);
      return {
        append: async (bytes) => {
          if (!fails() || fault === 'cut') return appender.append(bytes);
          await appender.append(bytes.subarray(0, bytes.byteLength - 3));
          throw errorOf(fault);
        },
        truncate: orFail(appender.truncate),
        close: async () => {
          await appender.close();
          if (fails() && fault !== 'cut') throw errorOf(fault);
        },
      };
    }),
    store: (name) => {
      const store = real.store(name);
      return {
        read: () => {
          if (fails() && fault !== 'cut') throw errorOf(fault);
          return store.read();
        },
        write: (value) => {
          const failing = fails();
          if (failing && fault !== 'cut') throw errorOf(fault);
          store.write(value);
          if (failing) cutInHalf(join(path, `${name}.json`));
        },
        setAside: () => {
          if (fails() && fault !== 'cut') throw errorOf(fault);
          store.setAside();
        },
      };
    },
  };
  return {
    folder,
    calls: () => calls,
    /** Fails at the nth call from the first, and at all that follow where it lasts. */
    failAt: (nth: number, what: Fault, lasts: boolean) => {
      failsFrom = nth;
      failsUntil = lasts ? Number.POSITIVE_INFINITY : nth + 1;
      fault = what;
    },
    free: () => {
      failsFrom = Number.POSITIVE_INFINITY;
    },
  };
};

const cutInHalf = (file: string) => {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.byteLength / 2));
};
