import { expect, test } from 'vitest';
import { indexFile, SegmentInfo, segmentsIn } from '../../electron/history/log/segments.ts';

const info = {
  ...{ number: 1, count: 2, firstSeq: 1, lastSeq: 2, firstAt: 1000, lastAt: 2000 },
  ...{ bytes: 300, damaged: false },
};

test('an index that was written is read as it was, with what it says of lost lines', () => {
  const segments = [info, { ...info, number: 2, missing: [[3, 4]] satisfies [number, number][] }];
  expect(segmentsIn(JSON.parse(JSON.stringify(indexFile(segments))))).toEqual(segments);
});

test.each([
  ...Object.keys(info).map((name) => ({ ...info, [name]: 'text' })),
  ...Object.keys(info).map((name) => ({ ...info, [name]: undefined })),
  ...[{ ...info, bytes: 1.5 }, { ...info, missing: [[1]] }, null, 7, 'text', []],
])('an index with %o among its segments makes no sense', (wrong) => {
  expect(SegmentInfo.safeParse(wrong).success).toBe(false);
  expect(() => segmentsIn({ v: 1, segments: [info, wrong] })).toThrow(SyntaxError);
});

test('of a damaged segment whose entries an older Hookbell guessed nobody knows how many there were (H13b)', () => {
  const guessed = { ...info, damaged: true, guessed: true };
  expect(segmentsIn({ v: 1, segments: [guessed] })).toEqual([{ ...info, damaged: true, count: 0 }]);
});
