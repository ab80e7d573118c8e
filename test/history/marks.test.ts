import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
import { createDecisions } from '../../electron/history/decisions.ts';
import { openMarks } from '../../electron/history/marks.ts';
import { confStore } from '../support/memory.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-marks-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = () =>
  openMarks({
    folder: openFolder(path, confStore),
    readOnly: false,
    keptFrom: () => 1,
    report: () => {},
    onNewer: () => {},
  });
const told = { shown: false, why: 'not by default' };

test('marks are saved a file at a time, so that a flood is not held up by what came before', () => {
  const marks = open();
  for (let seq = 1; seq <= 8000; seq += 1) marks.decide(seq, told);
  const saving = marks.saving();
  const files: number[] = [];
  while (!saving.next().done) files.push(readdirSync(path).length);
  expect(files).toEqual([0, 1, 2, 3]);
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
  marks.setSeenUpTo(7);
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
      const alone = createDecisions();
      for (const [seq, one] of since) for (const each of [again, alone]) each.decide(seq, one);
      alone.adopt(first.list());

      const expected = new Map([...before, ...since]);
      for (let seq = 1; seq <= 30; seq += 1)
        for (const each of [again, alone]) expect(each.of(seq)).toEqual(expected.get(seq) ?? null);
    }),
  );
});

test('what was decided alike takes up one line in the file, not one for each entry', () => {
  const decisions = createDecisions();
  for (let seq = 1; seq <= 2048; seq += 1) decisions.decide(seq, told);
  expect(decisions.list()).toEqual([{ ...told, of: [[1, 2048]] }]);
});
