import type { Folder } from '../history/folder.ts';
import { type Found, openSmallStore } from '../history/small-store.ts';

/** What a store with a backup works with, and why that is not simply its file; no trouble where there never was one. */
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
  /** Throws what would keep anything from being changed, without trying to: for a change that begins elsewhere. */
  demandWritable(): void;
  /**
   * The only way to write, so that nothing is kept that was not made from what is there. On disk and read back when it
   * returns (S1); throws, changing nothing, when it is not.
   */
  change(update: (current: T) => T): void;
};

/**
 * A small JSON file with a backup that is written only after the file was read back (S1): the file, else the backup, else
 * `initial`. What the system refuses to read is neither renamed nor written over: until it can be read the backup serves,
 * or `initial`, and every change looks again first. So a bad moment of the disk costs the change, and never the file.
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
  let spare = backup.read();
  let standing = standingOf(own, spare);
  let current = content();
  let inPlace = standing.from === 'file';
  if (standing.from === 'file' && file.holds(current) && !backup.holds(current)) saveBackup();
  if (standing.from === 'backup') attempt(() => save(current));

  function content(): T {
    const { from } = standing;
    const found = from === 'backup' ? spare : own;
    return from !== 'nothing' && 'value' in found && found.value !== null ? found.value : initial;
  }

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

  /** The file is good without it; one that could not be written is written with the next change, or at the next start. */
  function saveBackup(): void {
    attempt(() => backup.write(current));
  }

  /** Where the file holds nothing, the backup may be all there is. */
  function demandWritable(): void {
    file.demandWritable();
    if (own.status !== 'fine') backup.demandWritable();
  }

  function lookAgain(): void {
    if (standing.trouble?.status !== 'refused') return;
    own = file.read();
    spare = backup.read();
    standing = standingOf(own, spare);
    current = content();
    inPlace = standing.from === 'file';
  }

  return {
    get current() {
      return current;
    },
    get standing() {
      return standing;
    },
    demandWritable: () => {
      lookAgain();
      demandWritable();
    },
    change: (update) => {
      lookAgain();
      const next = update(current);
      if (JSON.stringify(next) !== JSON.stringify(current)) save(next);
      else if (!inPlace) attempt(() => save(next));
    },
  };
};

const standingOf = <T>(own: Found<T>, spare: Found<T>): Standing => {
  if (own.status === 'newer')
    return { from: own.value === null ? 'nothing' : 'file', trouble: { status: 'newer' } };
  if (own.status === 'fine') return { from: 'file', trouble: null };

  const from = 'value' in spare && spare.value !== null ? 'backup' : 'nothing';
  if (spare.status === 'newer') return { from, trouble: { status: 'newer' } };
  if (own.status === 'refused')
    return { from, trouble: { status: 'refused', message: own.error.message } };
  if (spare.status === 'refused')
    return { from, trouble: { status: 'refused', message: spare.error.message } };
  const isNew = own.status === 'none' && spare.status === 'none';
  return { from, trouble: isNew ? null : { status: 'damaged' } };
};

/** For what may fail without anything being lost. */
const attempt = (task: () => void): void => {
  try {
    task();
  } catch {
    // Whoever comes next tries again.
  }
};
