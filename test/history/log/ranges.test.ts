import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  contains,
  countMissing,
  type Ranges,
  without,
  withRange,
} from '../../../electron/history/log/ranges.ts';

test('ranges hold exactly what was put in and not taken out', () => {
  const step = fc.record({
    from: fc.integer({ min: 1, max: 60 }),
    length: fc.integer({ min: 0, max: 9 }),
    add: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let ranges: Ranges = [];
      const model = new Set<number>();
      for (const { from, length, add } of steps) {
        ranges = add ? withRange(ranges, from, from + length) : without(ranges, from);
        if (add) for (let seq = from; seq <= from + length; seq += 1) model.add(seq);
        else model.delete(from);
      }
      const all = Array.from({ length: 80 }, (_, index) => index + 1);
      expect(all.filter((seq) => contains(ranges, seq))).toEqual(
        all.filter((seq) => model.has(seq)),
      );
      expect(countMissing(ranges, 5, 50)).toBe(
        all.filter((seq) => seq >= 5 && seq <= 50 && !model.has(seq)).length,
      );
    }),
  );
});

test('neighbours join, so that a history read from the start is one range', () => {
  expect(withRange(withRange(withRange([], 1, 3), 5, 5), 4, 4)).toEqual([[1, 5]]);
});
