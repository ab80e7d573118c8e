import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
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
    report: () => {},
    onNewer: () => {},
  });
const told = { shown: false, why: 'not by default' };

test('marks are saved a file at a time, so that a flood is not held up by what came before', () => {
  const marks = open();
  for (let seq = 1; seq <= 1000; seq += 1) marks.decide(seq, told);
  const saving = marks.saving();
  const files: number[] = [];
  while (!saving.next().done) files.push(readdirSync(path).length);
  expect(files).toEqual([0, 1, 2, 3]);
  expect(open().of(1000).notification).toEqual(told);
});

test('what is marked while marks are saved is saved with them', () => {
  const marks = open();
  marks.decide(1, told);
  marks.decide(300, told);
  const saving = marks.saving();
  saving.next();
  saving.next();
  marks.decide(2, told);
  marks.setSeenUpTo(7);
  while (!saving.next().done);

  const again = open();
  expect([1, 2, 300].map((seq) => again.of(seq).notification)).toEqual([told, told, told]);
  expect(again.isSeen(7)).toBe(true);
});
