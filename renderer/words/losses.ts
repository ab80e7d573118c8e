import { count, number } from '../../shared/english.ts';
import type { Loss } from '../../shared/settings.ts';
import { dateOf } from '../time.ts';

/** "12,345 events until 3 May 2026"; unreadable events are counted apart. */
export function lossWords({ events, unreadable, until }: Loss): string {
  const date = dateOf(until);
  if (events === 0) return `${count(unreadable, 'event')} until ${date} that cannot be read`;
  const more = unreadable === 0 ? '' : `, and ${number(unreadable)} that cannot be read,`;
  return `${count(events, 'event')} until ${date}${more}`;
}

/** "They cannot be brought back, but can be exported first." */
export function finalWords({ events, unreadable }: Loss): string {
  const they = events + unreadable === 1 ? 'It' : 'They';
  return `${they} cannot be brought back${events === 0 ? '' : ', but can be exported first'}.`;
}
