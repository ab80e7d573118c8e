import { expect, test } from 'vitest';
import { type FileLine, linesOf } from '../../electron/storage/file-lines.ts';

const all = async (pieces: Iterable<string>, atMost = 1000): Promise<FileLine[]> => {
  const lines: FileLine[] = [];
  const source = async function* () {
    yield* pieces;
  };
  for await (const line of linesOf(source(), atMost)) lines.push(line);
  return lines;
};

test('a line ends at its newline and nowhere else, however the text is cut', async () => {
  const text = '\uFEFFa\u2028b\r\n\n  \r\n{"c":1}\n\uFEFFd';
  const lines = ['a\u2028b', '', '  ', '{"c":1}', '\uFEFFd'];
  expect(await all([text])).toEqual(lines);
  expect(await all(text)).toEqual(lines);
  expect(await all([`${text}\n`])).toEqual(lines);
  expect(await all([])).toEqual([]);
  expect(await all([''])).toEqual([]);
});

test('a line that is longer than allowed is told by its place, and what follows is read', async () => {
  const long = 'x'.repeat(1001);
  expect(await all([`a\n${long}\nb`])).toEqual(['a', null, 'b']);
  expect(await all(['a\n', ...long, '\nb'])).toEqual(['a', null, 'b']);
  expect(await all(['x'.repeat(1000)])).toEqual(['x'.repeat(1000)]);
});

test('a line of 60 MB in pieces takes hardly longer than its pieces', async () => {
  const piece = 'x'.repeat(65_536);
  const startedAt = performance.now();
  expect(await all(Array.from({ length: 960 }, () => piece))).toEqual([null]);
  const whole = await all(
    Array.from({ length: 960 }, () => piece),
    Number.POSITIVE_INFINITY,
  );
  expect(whole[0]?.length).toBe(960 * 65_536);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
