import { expect, test } from 'vitest';
import { indexFile, indexIn, SegmentInfo } from '../../electron/history/segments.ts';

const info = {
  ...{ number: 1, count: 2, firstSeq: 1, lastSeq: 2, firstAt: 1000, lastAt: 2000 },
  ...{ bytes: 300, damaged: false },
};

test('an index that was written is read as it was, with what it says of lost lines', () => {
  const segments = [info, { ...info, number: 2, missing: [[3, 4]] satisfies [number, number][] }];
  expect(indexIn(JSON.parse(JSON.stringify(indexFile(segments))))).toEqual({
    segments,
    newer: false,
  });
});

test.each([
  ...Object.keys(info).map((name) => ({ ...info, [name]: 'text' })),
  ...Object.keys(info).map((name) => ({ ...info, [name]: undefined })),
  ...[{ ...info, bytes: 1.5 }, { ...info, missing: [[1]] }, null, 7, 'text', []],
])(
  'an index with %o among its segments makes no sense, and one of a newer Hookbell has nothing for us',
  (wrong) => {
    expect(SegmentInfo.safeParse(wrong).success).toBe(false);
    expect(() => indexIn({ v: 1, segments: [info, wrong] })).toThrow(SyntaxError);
    expect(indexIn({ v: 2, segments: [info, wrong] })).toEqual({ segments: [], newer: true });
  },
);
