import { expect, test } from 'vitest';
import {
  append,
  indexOf,
  insert,
  refill,
  thin,
  toRow,
  update,
} from '../../renderer/timeline/rows.ts';
import { missingIn } from '../../renderer/words/missing.ts';
import { entryOf, noon } from './entries.ts';

const at = (seq: number, receivedAt = noon) => entryOf({}, { seq, receivedAt });
const seqs = (rows: { seq: number }[]) => rows.map(({ seq }) => seq);

test('new entries are inserted once, on top, newest first', () => {
  const rows = insert([at(2), at(1)].map(toRow), [at(2), at(3), at(4)], null);
  expect(seqs(rows)).toEqual([4, 3, 2, 1]);
});

test('an entry admitted later is inserted once, at its place of arrival', () => {
  const rows = [at(4), at(2), at(1)].map(toRow);
  const late = { ...at(5), cameAfter: [2, 1] as const };
  const all = insert(rows, [late, at(6)], null);
  expect(seqs(all)).toEqual([6, 4, 5, 2, 1]);
  expect(seqs(insert(all, [late], null))).toEqual([6, 4, 5, 2, 1]);
  expect([6, 4, 5, 2, 1, 3].map((seq) => indexOf(all, seq))).toEqual([0, 1, 2, 3, 4, -1]);
});

test('an entry admitted later below the rows that are read comes with its page', () => {
  const rows = [at(9), at(8)].map(toRow);
  const late = { ...at(10), cameAfter: [2, 1] as const };
  expect(seqs(insert(rows, [late], { seq: 8 }))).toEqual([9, 8]);
  expect(seqs(append(rows, [at(3), late, at(2)]))).toEqual([9, 8, 3, 10, 2]);
});

test('an older page is appended without duplicates', () => {
  expect(seqs(append([at(4), at(3)].map(toRow), [at(3), at(2), at(1)]))).toEqual([4, 3, 2, 1]);
});

test('a changed entry is replaced in its row', () => {
  const rows = update([at(2), at(1)].map(toRow), [entryOf({}, { seq: 1, seen: false })]);
  expect(rows.map(({ entry }) => entry?.seen)).toEqual([true, false]);
});

test('rows far from view lose their entries and get them back', () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => toRow(at(5_000 - index)));
  const thinned = thin(rows, 4_900);
  expect(thinned[0]?.entry).toBeNull();
  expect(thinned[4_900]?.entry).not.toBeNull();

  const page = Array.from({ length: 200 }, (_, index) => at(5_000 - index));
  const filled = refill(thinned, { entries: page, before: { seq: 4_801 } }, null);
  expect(filled).toHaveLength(5_000);
  expect(filled[0]?.entry?.seq).toBe(5_000);
  expect(filled[200]?.entry).toBeNull();
});

test('a row whose entry no longer passes the filter goes when it is read again', () => {
  const rows = [3, 2, 1].map((seq) => ({ ...toRow(at(seq)), entry: null }));
  expect(seqs(refill(rows, { entries: [at(3), at(1)], before: null }, null))).toEqual([3, 1]);
});

test('a short page changes no row below it', () => {
  const rows = [3, 2, 1].map((seq) => ({ ...toRow(at(seq)), entry: null }));
  expect(seqs(refill(rows, { entries: [], before: { seq: 3 } }, null))).toEqual([2, 1]);
});

test('a row is found by its number, also across missing numbers', () => {
  const rows = [at(9), at(5), at(4), at(1)].map(toRow);
  expect([9, 5, 4, 1].map((seq) => indexOf(rows, seq))).toEqual([0, 1, 2, 3]);
  expect([10, 7, 0].map((seq) => indexOf(rows, seq))).toEqual([-1, -1, -1]);
});

test('a gap shows its time and reason, damage its number of events', () => {
  const gap = {
    from: Date.UTC(2026, 10, 21, 2, 10),
    to: Date.UTC(2026, 10, 21, 8, 31),
    reason: 'asleep' as const,
  };
  const damage = {
    from: Date.UTC(2026, 10, 20, 10),
    to: Date.UTC(2026, 10, 21, 1),
    entries: 256,
  };
  const words = missingIn([gap], [damage], Date.UTC(2026, 10, 21)).map((missing) => missing.words);
  expect(missingIn([gap], [damage], noon).map(({ damaged }) => damaged)).toEqual([false, true]);
  expect(words[0]).toMatch(/^Not reachable 02:10( am)? – 08:31( am)? \(6 h, asleep\)$/);
  const moment = { ...gap, to: gap.from + 2000, reason: 'disk' } as const;
  expect(missingIn([moment], [], noon)[0]?.words).toMatch(
    /^Nothing kept 02:10( am)? \(2 s, the disk took nothing\)$/,
  );
  expect(words[1]).toMatch(
    /^256 events cannot be read, Yesterday 10:00( am)? – Today 01:00( am)?: their file/,
  );
  expect(missingIn([], [{ ...damage, entries: null }], noon)[0]?.words).toMatch(
    /^Some events cannot be read/,
  );
});
