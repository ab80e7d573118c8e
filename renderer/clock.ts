import { useSyncExternalStore } from 'react';
import { startOfDay } from './time.ts';

/** Time, as state machines take it. */
export type Clock = {
  /** Epoch ms. */
  now: () => number;
  /** Runs the task once after `ms`; returns how to cancel it. */
  schedule: (ms: number, task: () => void) => () => void;
};

export const windowClock: Clock = {
  now: Date.now,
  schedule: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = setInterval(tick, 15_000);
    document.addEventListener('visibilitychange', tick);
  }
  listeners.add(listener);

  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}

const read = (): number => now;
const readDay = (): number => startOfDay(now);

/** Epoch ms, every 15 seconds. Only the smallest component that shows a time uses it, so that rows are not drawn again. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, read);

/** The first instant of today, epoch ms. */
export const useToday = (): number => useSyncExternalStore(subscribe, readDay, readDay);
