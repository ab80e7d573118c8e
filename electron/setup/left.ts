import { Left } from '../../shared/ipc.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore } from '../storage/small-store.ts';

const restMs = 1000;

/** How the window was left: page, search, selection. What cannot be saved is lost at the end of the run. */
export type LeftStore = {
  /** Null where it was never noted, or what was saved is invalid. */
  readonly last: () => Left | null;
  /** Saves it once nothing was noted for a second. */
  readonly note: (left: Left) => void;
  /** Saves at once what waits. */
  readonly save: () => void;
};

export const openLeft = (folder: Folder, schedule: Schedule): LeftStore => {
  const store = openSmallStore({ folder, name: 'left', parse: (value) => Left.parse(value) });
  const found = store.read();
  let last = found.status === 'fine' ? found.value : null;
  let isUnsaved = false;
  let cancel = (): void => {};

  const save = (): void => {
    cancel();
    if (!isUnsaved || last === null) return;
    isUnsaved = false;
    try {
      store.write(last);
    } catch {
      // Stores that matter report a full disk.
    }
  };

  return {
    last: () => last,
    note: (left) => {
      last = left;
      isUnsaved = true;
      cancel();
      cancel = schedule(restMs, save);
    },
    save,
  };
};
