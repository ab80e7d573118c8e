import { shell } from 'electron';
import type { OpenFolder } from '../world.ts';
import { xdgOpen } from './xdg-open.ts';

/**
 * Opens this one folder in the system's file manager (E8). On Linux, Electron 33's `shell.openPath` blocks the main process until that
 * ends (seen: `do_wait`).
 */
export const folderOpener =
  (folder: string): OpenFolder =>
  async () => {
    const opened =
      process.platform === 'linux' ? await xdgOpen(folder) : (await shell.openPath(folder)) === '';
    return opened ? { status: 'opened' } : { status: 'refused', folder };
  };
