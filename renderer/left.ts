import type { Left } from '../shared/ipc.ts';
import { windowClock } from './clock.ts';
import { navigationStore } from './navigation.ts';
import { ask } from './state.ts';
import { timeline } from './timeline/timeline.ts';

const restMs = 400;

/** Opens the window as it was left, and notes from then on how it is. Never rejects. */
export async function comeBack(): Promise<void> {
  const left = await ask('left', undefined).catch(() => null);
  if (left) navigationStore.set({ page: left.page });
  void (left ? timeline.restore(left) : timeline.load());
  noteChanges();
}

const now = (): Left => ({ ...timeline.left(), page: navigationStore.get().page });

function noteChanges(): void {
  let noted = JSON.stringify(now());
  let cancel = (): void => {};
  const note = () => {
    cancel();
    const left = now();
    const text = JSON.stringify(left);
    if (text === noted) return;
    noted = text;
    void ask('leave', left).catch(console.error);
  };
  const soon = () => {
    cancel();
    cancel = windowClock.schedule(restMs, note);
  };
  timeline.view.subscribe(soon);
  navigationStore.subscribe(soon);
  document.addEventListener('scroll', soon, { capture: true, passive: true });
  window.addEventListener('pagehide', note);
}
