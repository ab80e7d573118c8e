import { createStore } from '../store.ts';

export const announcement = createStore({ words: '' });

const quiet = 10_000;
let waiting: (() => string) | null = null;
let spokenAt = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Announces at most one sentence in ten seconds. Of those that wait, the newest wins. */
export function announce(words: string | (() => string)): void {
  waiting = typeof words === 'string' ? () => words : words;
  if (timer !== undefined) return;
  timer = setTimeout(speak, Math.max(0, spokenAt + quiet - performance.now()));
}

function speak(): void {
  timer = undefined;
  if (waiting === null) return;
  announcement.set({ words: waiting() });
  spokenAt = performance.now();
  waiting = null;
}
