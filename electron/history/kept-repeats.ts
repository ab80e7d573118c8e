import type { Folder } from './folder.ts';
import type { Log } from './log.ts';
import type { HistoryRecord } from './record.ts';
import { createRepeats, SavedRepeats } from './repeats.ts';
import { openSmallStore, type Telling, tellFound } from './small-store.ts';

export type KeptRepeatsOptions = Telling & {
  readonly folder: Folder;
  readonly log: Pick<Log<HistoryRecord>, 'readOnly' | 'lastSeq' | 'oldestFirst'>;
};

/**
 * The memory of repeats and its file. To read a long one takes longer than everything else at a start, and nothing needs it
 * before the first delivery: nobody may ask it before `restored` has settled.
 */
export const openKeptRepeats = ({ folder, log, report, onNewer }: KeptRepeatsOptions) => {
  const memory = createRepeats();
  const store = openSmallStore({
    ...{ folder, name: 'dedupe', readOnly: log.readOnly },
    parse: (value: unknown) => SavedRepeats.parse(value),
  });
  let restoring: Promise<void> | null = null;
  let isRestored = false;

  async function restore(): Promise<void> {
    const saved = store.read();
    const damage = 'dedupe.json was damaged and has been rebuilt';
    tellFound(saved, damage, { report, onNewer });
    if (saved.status === 'fine' && !memory.load(saved.value)) report(damage);
    if (memory.upTo > log.lastSeq) memory.clear();
    for await (const record of log.oldestFirst(memory.upTo + 1)) memory.apply(record);
    isRestored = true;
  }

  return {
    recognize: memory.recognize,
    apply: memory.apply,
    /** Reads it, and what was kept since it was saved. Again is the same as once. */
    restored: (): Promise<void> => {
      restoring ??= restore();
      return restoring;
    },
    /** Throws the system's error, or what forbids writing; what was not read yet is left as it is. */
    save: (): void => {
      if (isRestored) store.write(memory.save());
    },
  };
};
