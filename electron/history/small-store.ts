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
  /** A newer Hookbell wrote what is beside it: nothing here is changed, not even what is damaged. */
  readonly readOnly?: boolean;
};

export type SmallStore<T> = {
  /** Looks at the file. */
  read(): Found<T>;
  /** Looks again where the system refused: what was there all along, to be put together with what came since; else null. */
  lookAgain(): T | null;
  /** Throws what forbids writing, without trying to. */
  demandWritable(): void;
  /** On disk when it returns. Throws the system's error, or what forbids it. */
  write(content: T): void;
  /** Whether the file reads back as just that: on a full disk electron-store can report success and leave a cut file. */
  holds(content: T): boolean;
};

const Versioned = z.object({ v: z.int() });
const isNewer = (value: unknown): boolean =>
  (Versioned.safeParse(value).data?.v ?? 0) > formatVersion;

/**
 * A small JSON file beside the log. A good file is never lost to a bad moment: one that is damaged is set aside and not
 * overwritten (S2), one of a newer Hookbell is not written at all (H17), and one that the system refuses to read is not
 * written before it could be looked at, and what was in it is in the caller's hands.
 */
export const openSmallStore = <T extends Record<string, unknown>>({
  folder,
  name,
  parse,
  readOnly = false,
}: SmallStoreOptions<T>): SmallStore<T> => {
  const store = folder.store(name);
  const file = `${name}.json`;
  let standing: 'unread' | 'writable' | 'in the way' | 'newer' | NotReadable = 'unread';

  function read(): Found<T> {
    try {
      const value = store.read();
      standing = isNewer(value) ? 'newer' : 'writable';
      if (value === undefined) return { status: 'none' };
      return standing === 'newer'
        ? { status: 'newer', value: understood(value) }
        : { status: 'fine', value: parse(value) };
    } catch (error) {
      if (!isDamage(error)) {
        standing = new NotReadable(file, error);
        return { status: 'refused', error: standing };
      }
      standing = 'in the way';
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
    if (standing !== 'in the way') return;
    store.setAside();
    standing = 'writable';
  }

  function demandWritable(): void {
    if (standing === 'unread') read();
    if (readOnly || standing === 'newer') throw new WrittenByNewer(file);
    if (standing instanceof NotReadable) throw standing;
  }

  return {
    read,
    lookAgain: () => {
      if (!(standing instanceof NotReadable)) return null;
      const found = read();
      return 'value' in found ? found.value : null;
    },
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

/** To whom the stores of the history tell what they find. */
export type Telling = {
  /** What was found damaged or cannot be read, for people. */
  readonly report: (trouble: string) => void;
  /** A newer Hookbell wrote some of it: that is shown as far as it is understood, and never changed (H17). */
  readonly onNewer: () => void;
};

/** Tells what a store was found to hold, where that is not simply good; `damage` says what it costs. */
export const tellFound = (
  found: Found<unknown>,
  damage: string,
  { report, onNewer }: Telling,
): void => {
  if (found.status === 'damaged') report(damage);
  if (found.status === 'refused') report(found.error.message);
  if (found.status === 'newer') onNewer();
};

const attempt = (task: () => void): void => {
  try {
    task();
  } catch {
    // Tried again before the next write.
  }
};
