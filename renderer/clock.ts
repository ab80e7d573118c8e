import { useSyncExternalStore } from 'react';
import { startOfDay } from './time.ts';

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

/** The window's one clock. Only the smallest component that shows a time asks it, so that rows stay as they are. */
export const useNow = (): number => useSyncExternalStore(subscribe, read, read);

/** The first instant of today, which changes at midnight only. */
export const useToday = (): number => useSyncExternalStore(subscribe, readDay, readDay);
