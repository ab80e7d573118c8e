import { windowClock } from '../clock.ts';
import { ask, onPush } from '../state.ts';
import { announce } from '../ui/announcer.ts';
import { createTimeline } from './create-timeline.ts';

export const timeline = createTimeline(ask, windowClock, announce);

export function startTimeline(): void {
  onPush(timeline.hear);
  void timeline.load();
}
