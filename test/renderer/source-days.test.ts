import { expect, test } from 'vitest';
import { countSentence, lastDays, lastRejections, sumOf } from '../../renderer/sources/days.ts';
import type { SourceDay } from '../../shared/source.ts';

const today = new Date(2026, 10, 2).getTime();
const on = (day: string, more: Partial<SourceDay> = {}): SourceDay => ({
  ...{ day, accepted: 1, tests: 0, rejected: [] },
  ...more,
});
const days = [
  on('2099-01-01'),
  on('2026-10-19', { accepted: 70 }),
  on('2026-10-20', { rejected: [{ reason: 'content-type', times: 2 }] }),
  on('2026-11-02', {
    ...{ accepted: 3, tests: 2 },
    rejected: [
      { reason: 'signature-wrong', times: 1 },
      { reason: 'content-type', times: 1 },
    ],
  }),
];

test('the chart has the last fourteen days, oldest first, whatever else is known', () => {
  const shown = lastDays(days, today);
  expect(shown).toHaveLength(14);
  expect(shown[0]).toEqual({
    ...{ at: new Date(2026, 9, 20).getTime(), accepted: 1, rejected: 2, tests: 0 },
  });
  expect(shown.at(-1)).toEqual({ at: today, accepted: 3, rejected: 2, tests: 2 });
  expect(countSentence(sumOf(shown))).toBe('4 accepted, 4 rejected, 2 tests');
  expect(lastRejections({ days }, today)).toEqual([
    { reason: 'content-type', times: 3 },
    { reason: 'signature-wrong', times: 1 },
  ]);
});

test('a day without a delivery says so', () => {
  expect(countSentence(sumOf(lastDays([], today)))).toBe('nothing');
});
