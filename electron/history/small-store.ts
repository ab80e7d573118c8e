import * as z from 'zod/mini';
import type { Folder } from './folder.ts';
import { formatVersion } from './segments.ts';
import { isDamage } from './set-aside.ts';

/** What the file of a small store was found to hold. */
export type Found<T> =
  | { readonly status: 'none' }
  | { readonly status: 'fine'; readonly value: T }
  /** It is set aside, now or before the next write. */
  | { readonly status: 'damaged' }
  /** A newer Hookbell wrote it (H17); null where nothing of it is understood. */
  | { readonly status: 'newer'; readonly value: T | null }
  /** The system does not let us read it for now, which says nothing of what is in it. */
  | { readonly status: 'refused'; readonly error: NotReadable };

/** Why nothing is written over what a newer Hookbell wrote. */
export class WrittenByNewer extends Error {
  constructor(file: string) {
    super(`${file} was written by a newer Hookbell`);
  }
}

/** Why nothing is written over what nobody could look at: it may be all there is. */
export class NotReadable extends Error {
  constructor(file: string, error: unknown) {
    super(`${file} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

export type SmallStoreOptions<T> = {
  readonly folder: Folder;
  /** Without `.json`. */
  readonly name: string;
  /** Throws for what makes no sense. It is given the fields of a newer file too. */
  readonly parse: (value: unknown) => T;
  /** Everything beside it was written by a newer Hookbell: not even what is damaged is touched. */
  readonly readOnly?: boolean;
};

export type SmallStore<T> = ReturnType<typeof openSmallStore<T & Record<string, unknown>>>;

const Versioned = z.object({ v: z.int() });
const isNewer = (value: unknown): boolean =>
  (Versioned.safeParse(value).data?.v ?? 0) > formatVersion;

/**
 * A small JSON file beside the log, read once when it is opened. A good file is never lost to a bad moment: one that is
 * damaged is set aside and not overwritten (S2), one of a newer Hookbell is not written at all (H17), and one that the system
 * refuses to read is not written before it was looked at again, and what was in it is in the caller's hands.
 */
export const openSmallStore = <T extends Record<string, unknown>>({
  folder,
  name,
  parse,
  readOnly = false,
}: SmallStoreOptions<T>) => {
  const store = folder.store(name);
  const file = `${name}.json`;
  let inTheWay = false;
  let found = look();

  function look(): Found<T> {
    try {
      const value = store.read();
      if (value === undefined) return { status: 'none' };
      return isNewer(value)
        ? { status: 'newer', value: understood(value) }
        : { status: 'fine', value: parse(value) };
    } catch (error) {
      if (!isDamage(error)) return { status: 'refused', error: new NotReadable(file, error) };
      inTheWay = true;
      if (!readOnly) attempt(clearTheWay);
      return { status: 'damaged' };
    }
  }

  function understood(value: unknown): T | null {
    try {
      return parse(value);
    } catch {
      return null;
    }
  }

  function clearTheWay(): void {
    if (inTheWay) store.setAside();
    inTheWay = false;
  }

  function demandWritable(): void {
    if (readOnly || found.status === 'newer') throw new WrittenByNewer(file);
    if (found.status === 'refused') throw found.error;
  }

  return {
    /** What it holds, as far as is known. */
    get found(): Found<T> {
      return found;
    },
    /** Looks again at what the system refused: what was there all along, to be put together with what came since; else null. */
    lookAgain: (): T | null => {
      if (found.status !== 'refused') return null;
      found = look();
      return 'value' in found ? found.value : null;
    },
    /** Throws what forbids writing, without trying to. */
    demandWritable,
    /** On disk when it returns. Throws the system's error, or what forbids it. */
    write: (content: T): void => {
      demandWritable();
      clearTheWay();
      store.write({ v: formatVersion, ...content });
      found = { status: 'fine', value: content };
    },
    /** Whether the file reads back as just that: on a full disk electron-store can report success and leave a cut file. */
    holds: (content: T): boolean => {
      try {
        return JSON.stringify(store.read()) === JSON.stringify({ v: formatVersion, ...content });
      } catch {
        return false;
      }
    },
  };
};

const attempt = (task: () => void): void => {
  try {
    task();
  } catch {
    // Tried again before the next write.
  }
};
