import { utilityProcess } from 'electron';
import type { Agent } from '../../tunnel/agent-runner.ts';

/** Starts agents from the built `agent.js`. */
export const ngrokAgent = (file: string): Agent => ({
  start: ({ message, exit }) => {
    const child = utilityProcess.fork(file, [], {
      serviceName: 'Hookbell tunnel',
      stdio: 'ignore',
    });
    child.on('message', message);
    child.once('exit', exit);
    // V8 gave up and `exit` follows; an error without a listener would end the app.
    child.on('error', () => {});

    return {
      post: (command) => child.postMessage(command),
      // Electron's own `kill` sends SIGTERM, which a stopped process never handles.
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
