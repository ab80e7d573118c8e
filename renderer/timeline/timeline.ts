import { windowClock } from '../clock.ts';
import { ask, onPush } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { createTimeline } from './create-timeline.ts';

export const timeline = createTimeline(ask, windowClock, announce);

/** From now on it hears of what happens. `load` or `restore` reads it. */
export function startTimeline(): void {
  onPush(timeline.hear);
}
