import type { HoldView, PauseLength } from '../../shared/hold.ts';
import { clockOf, dayName, startOfDay } from '../time.ts';

export const pauseChoices: readonly { readonly length: PauseLength; readonly words: string }[] = [
  { length: '1h', words: 'For 1 hour' },
  { length: 'morning', words: 'Until 8:00' },
  { length: 'resumed', words: 'Until I resume' },
];

/** "Paused until 14:05", "Quiet hours until 07:00", "Paused". */
export function holdWords({ why, until }: HoldView, now: number): string {
  const state = why === 'paused' ? 'Paused' : 'Quiet hours';
  return until === null ? state : `${state} until ${whenWords(until, now)}`;
}

/** The time alone within a day, else with its day. */
export const whenWords = (at: number, now: number): string =>
  at - now < 24 * 60 * 60 * 1000 ? clockOf(at) : `${dayName(at, startOfDay(now))}, ${clockOf(at)}`;
