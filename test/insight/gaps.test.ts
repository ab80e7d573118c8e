import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
import { openGaps } from '../../electron/insight/gaps.ts';
import { confStore, createClock } from '../support/memory.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-gaps-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const minute = 60_000;
const scene = () => {
  const clock = createClock();
  const reports: string[] = [];
  const open = () =>
    openGaps({
      store: openFolder(path, confStore).store('gaps'),
      now: clock.now,
      later: clock.later,
      onGap: () => {},
      report: (trouble) => reports.push(trouble),
    });
  return { clock, open, reports };
};
const told = (gaps: ReturnType<typeof openGaps>) =>
  gaps.list().map(({ from, to, reason }) => [reason, Math.round((to - from) / minute)]);

test('a first start has no gap behind it', () => {
  expect(told(scene().open())).toEqual([]);
});

test('quitting and starting again an hour later is a gap of an hour', () => {
  const { clock, open } = scene();
  open().close();
  clock.setForward(60 * minute);
  expect(told(open())).toEqual([['quit', 60]]);
});

test('a crash is dated by the last heartbeat', () => {
  const { clock, open } = scene();
  open();
  clock.setForward(15_000);
  clock.setForward(15_000);
  // Killed here: the clock goes on, the heart does not.
  const dead = createClock();
  dead.setForward(30_000 + 10 * minute);
  const again = openGaps({
    store: openFolder(path, confStore).store('gaps'),
    now: dead.now,
    later: dead.later,
    onGap: () => {},
    report: () => {},
  });
  expect(told(again)).toEqual([['crashed', 10]]);
});

test('a heartbeat that comes far too late means that the computer slept', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setForward(8 * 60 * minute);
  clock.setForward(15_000);
  expect(told(gaps)).toEqual([['asleep', 480]]);
});

test('less than a minute is no gap, the senders try again', () => {
  const { clock, open } = scene();
  open().close();
  clock.setForward(50_000);
  expect(told(open())).toEqual([]);
});

test('a damaged file costs what was known, and is said', () => {
  const { open, reports } = scene();
  writeFileSync(join(path, 'gaps.json'), '{"half');
  expect(told(open())).toEqual([]);
  expect(reports).toHaveLength(1);
});
