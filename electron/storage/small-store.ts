import type { Folder } from './folder.ts';
import { formatVersion, WrittenByNewer } from './format.ts';
import { isDamage } from './set-aside.ts';

export type StoreRead<T> =
  | { readonly status: 'none' }
  | { readonly status: 'fine'; readonly value: T }
  /** It is set aside, now or before the next write. */
  | { readonly status: 'damaged' }
  /** A newer Hookbell wrote it, and it is not understood (H17). */
  | { readonly status: 'newer' }
  /** The system does not let us read it: nothing is written until the next start. */
  | { readonly status: 'refused'; readonly error: NotReadable };

/** Nothing is written over a file that the system refused to read: it may be all there is. */
export class NotReadable extends Error {
  constructor(file: string, error: unknown) {
    super(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

export type SmallStoreOptions<T> = {
  readonly folder: Folder;
  readonly name: string;
  /** Throws for what makes no sense. */
  readonly parse: (value: unknown) => T;
};

export type SmallStore<T> = {
  read(): StoreRead<T>;
  /** Throws what forbids writing. */
  demandWritable(): void;
  /** On disk when it returns. Throws the system's error, or what forbids it. */
  write(content: T): void;
  /** Whether the file reads back as this: on a full disk electron-store can report success and leave a cut file. */
  holds(content: T): boolean;
};

/** A small JSON file. A damaged file is set aside and not overwritten (S2); one that the system refuses to read is read-only until the next start. */
export const openSmallStore = <T extends Record<string, unknown>>({
  folder,
  name,
  parse,
}: SmallStoreOptions<T>): SmallStore<T> => {
  const store = folder.store(name);
  const file = `${name}.json`;
  let standing: 'unread' | 'writable' | 'in the way' | NotReadable = 'unread';

  function read(): StoreRead<T> {
    try {
      const value = store.read();
      standing = 'writable';
      return value === undefined ? { status: 'none' } : { status: 'fine', value: parse(value) };
    } catch (error) {
      if (!isDamage(error)) {
        standing = new NotReadable(file, error);
        return { status: 'refused', error: standing };
      }
      if (folder.writtenByNewer) return { status: 'newer' };
      standing = 'in the way';
      attempt(clearTheWay);
      return { status: 'damaged' };
    }
  }

  function clearTheWay(): void {
    if (standing !== 'in the way') return;
    store.setAside();
    standing = 'writable';
  }

  function demandWritable(): void {
    if (folder.writtenByNewer) throw new WrittenByNewer(file);
    if (standing === 'unread') read();
    if (standing instanceof NotReadable) throw standing;
  }

  return {
    read,
    demandWritable,
    write: (content) => {
      demandWritable();
      clearTheWay();
      store.write({ v: formatVersion, ...content });
    },
    holds: (content) => {
      try {
        return JSON.stringify(store.read()) === JSON.stringify({ v: formatVersion, ...content });
      } catch {
        return false;
      }
    },
  };
};

/** Reports a store that was found damaged or cannot be read; `damage` says what that costs. */
export const reportTrouble = (
  found: StoreRead<unknown>,
  damage: string,
  report: (trouble: string) => void,
): void => {
  if (found.status === 'damaged') report(damage);
  if (found.status === 'refused') report(found.error.message);
};

const attempt = (task: () => void): void => {
  try {
    task();
  } catch {
    // Tried again before the next write.
  }
};
