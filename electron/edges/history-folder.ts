import { shell } from 'electron';
import type { Edges } from '../world.ts';
import { xdgOpen } from './xdg-open.ts';

/**
 * Opens one folder of our own in the system's file manager, and can open nothing else (E8). On Linux Electron 33 would hold
 * up the main process, and every delivery with it, until the file manager ends (seen: `do_wait` in `shell.openPath`).
 */
export const historyFolderOpener =
  (folder: string): Edges['openHistoryFolder'] =>
  async () => {
    const opened =
      process.platform === 'linux' ? await xdgOpen(folder) : (await shell.openPath(folder)) === '';
    return opened ? { status: 'opened' } : { status: 'refused', folder };
  };
