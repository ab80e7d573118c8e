import * as z from 'zod/mini';
import type { Folder } from '../../storage/folder.ts';
import { openSmallStore } from '../../storage/small-store.ts';

const name = 'restart';

/** What one start leaves for the next: no switch reaches a program that an installer starts. */
export const RestartNote = z.object({
  /** The version that the restart is to bring. */
  version: z.string(),
  hidden: z.boolean(),
  /** Epoch ms. */
  at: z.int(),
});
export type RestartNote = z.infer<typeof RestartNote>;

const noteIn = (folder: Folder) => openSmallStore({ folder, name, parse: RestartNote.parse });

/** Whether the note is on disk. */
export const leaveRestartNote = (folder: Folder, note: RestartNote): boolean => {
  try {
    noteIn(folder).write(note);
    return true;
  } catch {
    return false;
  }
};

/** Takes back the note of a restart that does not happen: the next start finds none. */
export const withdrawRestartNote = (folder: Folder): void => {
  // Written and not removed: nothing waits for a removal while the app ends.
  leaveRestartNote(folder, { version: '', hidden: false, at: 0 });
};

/** An installer on a slow computer takes minutes. */
const freshMs = 10 * 60_000;

/** The note of the start before, which is removed. Null where there is none, or none that is at most ten minutes old. */
export const takeRestartNote = async (folder: Folder, now: number): Promise<RestartNote | null> => {
  const found = noteIn(folder).read();
  if (found.status === 'none') return null;
  try {
    await folder.remove(`${name}.json`);
  } catch {
    // It is not fresh for long.
  }
  if (found.status !== 'fine') return null;
  const age = now - found.value.at;
  return age >= 0 && age <= freshMs ? found.value : null;
};
