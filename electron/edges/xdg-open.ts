import { spawn } from 'node:child_process';

/** Without a program for it, it fails at once. A program in the foreground keeps it running. */
const patienceMs = 3000;

/** Opens a folder in the file manager of a Linux desktop, or a URL in its browser; false when there is none. `what` must not begin with a dash. */
export const xdgOpen = (what: string, patience = patienceMs): Promise<boolean> =>
  new Promise((resolve) => {
    const opener = spawn('xdg-open', [what], { detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(true), patience);
    const settle = (opened: boolean) => {
      clearTimeout(timer);
      resolve(opened);
    };
    opener.once('error', () => settle(false));
    opener.once('exit', (code) => settle(code === 0));
    opener.unref();
  });
