import * as z from 'zod/mini';
import type { Folder } from './history/folder.ts';
import { openSmallStore } from './history/small-store.ts';
import type { Later } from './later.ts';

/** A rectangle on the desktop, in device-independent pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where the window was when it was neither maximised nor minimised, and whether it was maximised. */
export const WindowPlace = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof WindowPlace>;

/** How a new window opens. `at` null: the system chooses. */
export type Opened = {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
};

export const smallest = { width: 480, height: 400 };
const first = { width: 1160, height: 740 };

/**
 * Where a window opens that was last at `last`: wholly inside the work area that shows most of it. A screen that is gone leaves
 * the place to the system.
 */
export const openedAt = (last: WindowPlace | null, workAreas: readonly Area[]): Opened => {
  if (last === null) return { at: null, ...first, maximized: false };
  const best = workAreas
    .map((area) => ({ area, overlap: overlapOf(last, area) }))
    .reduce((one, other) => (other.overlap > one.overlap ? other : one), {
      area: workAreas[0] ?? last,
      overlap: 0,
    });
  const width = sizeWithin(last.width, smallest.width, best.area.width);
  const height = sizeWithin(last.height, smallest.height, best.area.height);
  const at =
    best.overlap === 0
      ? null
      : {
          x: placeWithin(last.x, width, best.area.x, best.area.width),
          y: placeWithin(last.y, height, best.area.y, best.area.height),
        };
  return { at, width, height, maximized: last.maximized };
};

const overlapOf = (one: Area, other: Area): number => {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, across) * Math.max(0, down);
};

const sizeWithin = (size: number, least: number, most: number): number =>
  Math.max(least, Math.min(size, most));

const placeWithin = (at: number, size: number, from: number, length: number): number =>
  Math.max(from, Math.min(at, from + length - size));

const quietMs = 1000;

export type WindowPlaces = {
  /** Null when it was never opened, or when what was saved makes no sense. */
  readonly last: () => WindowPlace | null;
  /** The window moves. `read` is asked once it has rested for a second; null: its place is not to be remembered now. */
  readonly moving: (read: () => WindowPlace | null) => void;
  /** Saves at once what waits for rest. */
  readonly save: () => void;
};

/** Remembers where the window was, in the settings folder. What cannot be saved is forgotten at the end: it is only comfort. */
export const openWindowPlaces = (folder: Folder, later: Later): WindowPlaces => {
  const store = openSmallStore({
    ...{ folder, name: 'window', parse: (value: unknown) => WindowPlace.parse(value) },
  });
  const found = store.read();
  let last = 'value' in found ? found.value : null;
  let waiting: (() => WindowPlace | null) | null = null;
  let stop = (): void => {};

  const save = (): void => {
    stop();
    const next = waiting?.() ?? null;
    waiting = null;
    if (next === null || JSON.stringify(next) === JSON.stringify(last)) return;
    last = next;
    try {
      store.write(next);
    } catch {
      // A full disk is said by those whose files matter.
    }
  };

  return {
    last: () => last,
    moving: (read) => {
      waiting = read;
      stop();
      stop = later(quietMs, save);
    },
    save,
  };
};
