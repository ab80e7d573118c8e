import { expect, test } from 'vitest';
import { ago, dayName, iso, rowTime, span, startOfDay } from '../../renderer/time.ts';
import { day, hour, minute, noon } from './entries.ts';

test.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [minute, '1 min ago'],
  [4 * minute + 30_000, '4 min ago'],
  [3 * hour, '3 h ago'],
  [day, '1 day ago'],
  [6 * day, '6 days ago'],
])('what happened %d ms ago is "%s"', (past, words) => {
  expect(ago(noon - past, noon)).toBe(words);
});

test('after a week the date is shown', () => {
  expect(ago(noon - 8 * day, noon)).toBe('13 Nov 2026');
});

test('a time ahead of the clock is just now', () => {
  expect(ago(noon + 5 * minute, noon)).toBe('just now');
});

test('a row shows a distance today and the clock on other days', () => {
  expect(rowTime(noon - 41 * minute, noon)).toBe('41 min');
  expect(rowTime(noon - 30_000, noon)).toBe('now');
  expect(rowTime(noon - 13 * hour, noon)).toMatch(/^(23:00|11:00 pm)$/i);
});

test('days have names while they are near', () => {
  const today = startOfDay(noon);
  expect(dayName(noon, today)).toBe('Today');
  expect(dayName(noon - day, today)).toBe('Yesterday');
  expect(dayName(noon - 2 * day, today)).toBe('Thursday 19 November');
  expect(dayName(noon - 365 * day, today)).toBe('Friday 21 November 2025');
});

test('an instant that is no date breaks nothing', () => {
  expect(iso(9e15)).toBe('');
  expect(ago(-9e15, noon)).toBe('no date');
});

test('a length is shown in its largest unit', () => {
  expect([span(400), span(41 * minute), span(90 * minute), span(day), span(-3 * day)]).toEqual([
    '1 s',
    '41 min',
    '1 h',
    '1 day',
    '3 days',
  ]);
});
