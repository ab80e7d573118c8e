import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);

/** A window manager: without one, windows are neither minimised nor maximised. */
export const openWindowManager = async (): Promise<AsyncDisposable> => {
  const manager = spawn('openbox', ['--sm-disable'], { stdio: 'ignore' });
  await once(manager, 'spawn');
  await expect
    .poll(async () => (await run('xprop', ['-root', '_NET_SUPPORTING_WM_CHECK'])).stdout)
    .toContain('window id');
  return {
    [Symbol.asyncDispose]: async () => {
      const ended = once(manager, 'exit');
      manager.kill();
      await ended;
    },
  };
};
