import * as z from 'zod/mini';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore } from '../storage/small-store.ts';

/** A rectangle on the desktop, in device-independent pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

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

/** Where a window opens that was last at `last`: inside the work area that overlaps it most. Where none does, the system chooses. */
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

const restMs = 1000;

export type WindowPlaces = {
  /** Null when the window was never opened, or the saved place is invalid. */
  readonly last: () => WindowPlace | null;
  /** The window moves. `read` is called once it has rested for a second; null from it saves nothing. */
  readonly moving: (read: () => WindowPlace | null) => void;
  /** Saves a pending place at once. */
  readonly save: () => void;
};

/** Remembers the window's place in the settings folder. A place that cannot be saved is lost at the end of the run. */
export const openWindowPlaces = (folder: Folder, schedule: Schedule): WindowPlaces => {
  const store = openSmallStore({
    folder,
    name: 'window',
    parse: (value) => WindowPlace.parse(value),
  });
  const found = store.read();
  let last = found.status === 'fine' ? found.value : null;
  let pending: (() => WindowPlace | null) | null = null;
  let cancel = (): void => {};

  const save = (): void => {
    cancel();
    const next = pending?.() ?? null;
    pending = null;
    if (next === null || JSON.stringify(next) === JSON.stringify(last)) return;
    last = next;
    try {
      store.write(next);
    } catch {
      // Stores that matter report a full disk.
    }
  };

  return {
    last: () => last,
    moving: (read) => {
      pending = read;
      cancel();
      cancel = schedule(restMs, save);
    },
    save,
  };
};
