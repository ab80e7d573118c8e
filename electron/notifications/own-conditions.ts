import { lengthWords } from '../../shared/time-words.ts';
import { eventsRefusedId, noWayInId } from './condition-ids.ts';
import type { EndWords, OpenCondition } from './own-announcements.ts';

export const noWayIn = (): OpenCondition => ({
  id: noWayInId,
  kind: 'tunnel.down',
  title: 'No way in for five minutes',
  body: 'Providers cannot reach this computer. Hookbell goes on trying',
});

/** `downSince` (null: unknown) and `at` are epoch ms. */
export const wayInAgain = ({
  downSince,
  at,
}: {
  readonly downSince: number | null;
  readonly at: number;
}): EndWords => ({
  title: `There is a way in again${downSince === null ? '' : `, after ${lengthWords(at - downSince)}`}`,
  body: 'Providers can reach this computer',
});

/** `why`: what happened and what helps. */
export const eventsRefused = (why: string): OpenCondition => ({
  id: eventsRefusedId,
  kind: 'disk',
  title: 'Events cannot be kept',
  body: why,
});

export const eventsKept: EndWords = { title: 'Events are kept again', body: 'The disk takes them' };
