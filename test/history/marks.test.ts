import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { createDecisions } from '../../electron/history/decisions.ts';
import { openMarks } from '../../electron/history/marks.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-marks-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = () =>
  openMarks({
    folder: openFolder(path, confStore),
    storedFrom: () => 1,
    report: () => {},
  });
const told = { shown: false, why: 'not by default' };

test('marks are saved a file at a time, so that a flood is not held up by what came before', () => {
  const marks = open();
  for (let seq = 1; seq <= 8000; seq += 1) marks.decide(seq, told);
  const saving = marks.saving();
  const files: number[] = [];
  while (!saving.next().done) files.push(readdirSync(path).length);
  // format.json is there from the start.
  expect(files).toEqual([1, 2, 3, 4]);
  expect(open().of(8000).notification).toEqual(told);
});

test('what is marked while marks are saved is saved with them', () => {
  const marks = open();
  marks.decide(1, told);
  marks.decide(3000, told);
  const saving = marks.saving();
  saving.next();
  saving.next();
  marks.decide(2, told);
  marks.give('seen', true, [[1, 7]]);
  while (!saving.next().done);

  const again = open();
  expect([1, 2, 3000].map((seq) => again.of(seq).notification)).toEqual([told, told, told]);
  expect(again.isSeen(7)).toBe(true);
});

test('an entry has the decision made last, however many were made before and saved between', () => {
  const decision = fc.record({ shown: fc.boolean(), why: fc.constantFrom('new', 'quiet hours') });
  const made = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), decision));
  fc.assert(
    fc.property(made, made, (before, since) => {
      const first = createDecisions();
      for (const [seq, one] of before) first.decide(seq, one);
      const again = createDecisions(first.list());
      for (const [seq, one] of since) again.decide(seq, one);

      const expected = new Map([...before, ...since]);
      for (let seq = 1; seq <= 30; seq += 1)
        expect(again.of(seq)).toEqual(expected.get(seq) ?? null);
    }),
  );
});

test('what was decided alike takes up one line in the file, not one for each entry', () => {
  const decisions = createDecisions();
  for (let seq = 1; seq <= 2048; seq += 1) decisions.decide(seq, told);
  expect(decisions.list()).toEqual([{ ...told, of: [[1, 2048]] }]);
});

test('only changed and recently used blocks of marks stay in memory, however long the history is', () => {
  const written = open();
  for (let block = 0; block < 40; block += 1) written.decide(block * 2048 + 1, told);
  written.save();

  const reads: string[] = [];
  const folder = openFolder(path, confStore);
  const marks = openMarks({
    folder: {
      ...folder,
      store: (name) => {
        const store = folder.store(name);
        const read = () => {
          reads.push(name);
          return store.read();
        };
        return { ...store, read };
      },
    },
    storedFrom: () => 1,
    report: () => {},
  });
  marks.addNote(2049, 'a note');
  for (const _ of [1, 2])
    for (let block = 0; block < 40; block += 1)
      expect(marks.of(block * 2048 + 1).notification).toEqual(told);
  expect(reads.filter((name) => name === 'marks-00004096')).toHaveLength(2);
  // It has a change that is not saved.
  expect(reads.filter((name) => name === 'marks-00002048')).toHaveLength(1);
  const before = reads.length;
  for (let seq = 39 * 2048; seq < 40 * 2048; seq += 1) marks.of(seq);
  expect(reads).toHaveLength(before);
  marks.save();
  expect(open().of(2049)).toMatchObject({ notes: ['a note'], notification: told });
});
