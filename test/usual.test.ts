import { expect, test } from 'vitest';
import { usualWords } from '../shared/time-words.ts';

const hour = 60 * 60_000;

test.each([
  [0, 'several times an hour'],
  [hour, 'about hourly'],
  [1.5 * hour, 'about every 2 hours'],
  [8 * hour, 'about every 8 hours'],
  [22 * hour, 'about daily'],
  [26 * hour, 'about daily'],
  [36 * hour, 'about every 2 days'],
  [7 * 24 * hour, 'about every 7 days'],
])('what usually comes after %i ms comes %s', (ms, words) => {
  expect(usualWords(ms)).toBe(words);
});
