import type { Folder } from './folder.ts';
import { openSmallStore, type StoreRead } from './small-store.ts';

/** Where the content of a store came from, and why not simply from its file. A first start is no trouble. */
export type Standing = {
  readonly from: 'file' | 'backup' | 'nothing';
  readonly trouble:
    | null
    | { readonly status: 'damaged' }
    /** A newer Hookbell wrote it: used as far as it is understood, and never changed (H17). */
    | { readonly status: 'newer' }
    | { readonly status: 'refused'; readonly message: string };
};

export type BackedStoreOptions<T> = {
  readonly folder: Folder;
  /** Without `.json`; the backup's name ends in `.bak`. */
  readonly name: string;
  /** Throws for what makes no sense. */
  readonly parse: (value: unknown) => T;
  /** What it holds as long as there is neither file nor backup. */
  readonly initial: T;
};

export type BackedStore<T> = {
  readonly current: T;
  readonly standing: Standing;
  /** Throws what forbids a change: for a change that begins elsewhere. */
  demandWritable(): void;
  /** On disk and read back when it returns (S1); throws, changing nothing, when it is not. */
  change(update: (current: T) => T): void;
};

/**
 * A small JSON file with a backup that is written after the file was read back (S1): the file, else the backup, else `initial`. Where the
 * system refuses to read the file, the backup or `initial` serves until the next start, and nothing can be changed.
 */
export const openBackedStore = <T extends Record<string, unknown>>({
  folder,
  name,
  parse,
  initial,
}: BackedStoreOptions<T>): BackedStore<T> => {
  const file = openSmallStore({ folder, name, parse });
  const backup = openSmallStore({ folder, name: `${name}.bak`, parse });
  let own = file.read();
  const spare = backup.read();
  const standing = standingOf(own, spare, folder.writtenByNewer);
  let current = contentOf(standing, { own, spare, initial });
  let inPlace = standing.from === 'file';
  if (standing.from === 'file' && file.holds(current) && !backup.holds(current)) saveBackup();
  if (standing.from === 'backup') attempt(() => save(current));

  function save(next: T): void {
    demandWritable();
    inPlace = false;
    file.write(next);
    if (!file.holds(next)) {
      attempt(() => file.write(current));
      throw new Error(`${name}.json does not read back as it was written`);
    }
    inPlace = true;
    current = next;
    own = { status: 'fine', value: next };
    saveBackup();
  }

  /** A backup that could not be written is written with the next change, or at the next start. */
  function saveBackup(): void {
    attempt(() => backup.write(current));
  }

  /** Where the file holds nothing, the backup may be all there is. */
  function demandWritable(): void {
    file.demandWritable();
    if (own.status !== 'fine') backup.demandWritable();
  }

  return {
    get current() {
      return current;
    },
    standing,
    demandWritable,
    change: (update) => {
      const next = update(current);
      if (JSON.stringify(next) !== JSON.stringify(current)) save(next);
      else if (!inPlace) attempt(() => save(next));
    },
  };
};

type Contents<T> = {
  readonly own: StoreRead<T>;
  readonly spare: StoreRead<T>;
  readonly initial: T;
};

const contentOf = <T>({ from }: Standing, { own, spare, initial }: Contents<T>): T => {
  const found = from === 'backup' ? spare : own;
  return from !== 'nothing' && found.status === 'fine' ? found.value : initial;
};

const standingOf = <T>(own: StoreRead<T>, spare: StoreRead<T>, isNewer: boolean): Standing => {
  const newer = isNewer ? ({ status: 'newer' } as const) : null;
  if (own.status === 'fine') return { from: 'file', trouble: newer };

  const from = spare.status === 'fine' && own.status !== 'newer' ? 'backup' : 'nothing';
  if (newer) return { from, trouble: newer };
  if (own.status === 'refused')
    return { from, trouble: { status: 'refused', message: own.error.message } };
  if (spare.status === 'refused')
    return { from, trouble: { status: 'refused', message: spare.error.message } };
  const isNew = own.status === 'none' && spare.status === 'none';
  return { from, trouble: isNew ? null : { status: 'damaged' } };
};

const attempt = (task: () => void): void => {
  try {
    task();
  } catch {
    // Whoever comes next tries again.
  }
};
