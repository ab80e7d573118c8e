import { utilityProcess } from 'electron';
import type { Agent } from '../../tunnel/supervisor.ts';

/** Starts tunnel processes from the built `agent.js`. */
export const ngrokAgent = (file: string): Agent => ({
  start: ({ message, exit }) => {
    const child = utilityProcess.fork(file, [], {
      serviceName: 'Hookbell tunnel',
      stdio: 'ignore',
    });
    child.on('message', message);
    child.once('exit', exit);
    // V8 gave up: `exit` follows, and an error that nobody hears would end the app instead.
    child.on('error', () => {});

    return {
      post: (order) => child.postMessage(order),
      // SIGTERM, which Electron's own `kill` sends, waits for ever at a process that is stopped.
      kill: () => {
        if (child.pid === undefined) child.once('spawn', () => killNow(child.pid));
        else killNow(child.pid);
      },
    };
  },
});

const killNow = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};
