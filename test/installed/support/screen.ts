import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { projectFolder } from '../../support/electron.ts';

const run = promisify(execFile);

type ScreenWindow = {
  readonly id: string;
  /** Both names of its WM_CLASS, by which a desktop finds the entry it belongs to. */
  readonly names: readonly [string, string];
};

/** Hookbell's windows, also those that are not on the screen yet. */
export const windows = async (): Promise<ScreenWindow[]> => {
  const { stdout } = await run('xwininfo', ['-root', '-tree']);
  return [...stdout.matchAll(/(0x\w+) "Hookbell": \("([^"]*)" "([^"]*)"\)/g)].map(
    ([, id = '', first = '', second = '']) => ({ id, names: [first, second] }),
  );
};

/** How many colours a window shows; 0 while it is not on the screen. */
const coloursOf = async ({ id }: ScreenWindow): Promise<number> => {
  const { stdout } = await run('xwininfo', ['-id', id]);
  if (!stdout.includes('IsViewable')) return 0;
  return Number((await run('import', ['-window', id, '-format', '%k', 'info:'])).stdout);
};

/** Settles with the one window there is, when its page is on the screen. A page that was not drawn has one colour. */
export const drawnWindow = async (): Promise<ScreenWindow> => {
  await expect.poll(windows, { timeout: 20_000 }).toHaveLength(1);
  const [shown] = await windows();
  if (!shown) throw new Error('The window is gone');
  await expect.poll(() => coloursOf(shown), { timeout: 20_000 }).toBeGreaterThan(20);
  return shown;
};

/** Keeps a picture of the screen with the results of the tests. */
export const photograph = async (name: string): Promise<void> => {
  const folder = join(projectFolder, 'test-results');
  mkdirSync(folder, { recursive: true });
  await run('import', ['-window', 'root', join(folder, `${name}.png`)]);
};
