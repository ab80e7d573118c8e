import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Presses keys in the window that has the focus, one after the other; named as xdotool names them. */
export const press = (...keys: readonly string[]) =>
  run('xdotool', ['key', '--delay', '60', ...keys]);

/** A place in a window: px from its left or right, and from its top or bottom. */
export type Place = { readonly x: number; readonly y: number };

/** Clicks into a window. What is below zero counts from its right or its bottom. */
export const clickIn = async (window: string, { x, y }: Place): Promise<void> => {
  const { stdout } = await run('xdotool', ['getwindowgeometry', '--shell', window]);
  const sizeOf = (name: string) =>
    Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(stdout)?.[1] ?? 0);
  const at = [x < 0 ? sizeOf('WIDTH') + x : x, y < 0 ? sizeOf('HEIGHT') + y : y].map(String);
  await run('xdotool', ['mousemove', '--window', window, ...at, 'click', '1']);
};

/** Closes the window that has the focus, by the key of the window manager. */
export const closeWindow = () => press('alt+F4');

/** Leaves a window for another thing and comes back to it, as a person does. */
export const comeBackTo = async (window: string): Promise<void> => {
  await run('xdotool', ['windowminimize', '--sync', window]);
  await run('xdotool', ['windowactivate', '--sync', window]);
};
