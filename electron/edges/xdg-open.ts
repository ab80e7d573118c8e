import { spawn } from 'node:child_process';

/** A desktop that knows no file manager says so at once; one that runs it in the foreground says nothing until it is closed. */
const patienceMs = 3000;

/** Opens a folder in the file manager of a Linux desktop; false when there is none. Waits for no window to be closed. */
export const xdgOpen = (folder: string, patience = patienceMs): Promise<boolean> =>
  new Promise((resolve) => {
    const opener = spawn('xdg-open', [folder], { detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(true), patience);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    opener.once('error', () => settle(false));
    opener.once('exit', (code) => settle(code === 0));
    opener.unref();
  });
