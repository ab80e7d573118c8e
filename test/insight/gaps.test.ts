import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
import { openGaps } from '../../electron/insight/gaps.ts';
import { withUnreadable } from '../history/support/temp-folder.ts';
import { confStore, createClock } from '../support/memory.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-gaps-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const minute = 60_000;
const openIn = (clock: ReturnType<typeof createClock>, folder = openFolder(path, confStore)) => {
  const reports: string[] = [];
  const gaps = openGaps({
    ...{ folder, now: clock.now, uptime: clock.uptime, later: clock.later, onGap: () => {} },
    report: (trouble) => reports.push(trouble),
    onNewer: () => reports.push('newer'),
  });
  gaps.beat();
  return { gaps, reports };
};
const scene = () => {
  const clock = createClock();
  const reports: string[] = [];
  const open = () => {
    const opened = openIn(clock);
    reports.push(...opened.reports);
    return opened.gaps;
  };
  return { clock, open, reports };
};
const onDisk = () => readFileSync(join(path, 'gaps.json'), 'utf8');
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
  const again = openIn(dead).gaps;
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

test('a clock that is set while the computer is awake is no sleep (A7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setClock(3 * 60 * minute);
  clock.setForward(15_000);
  expect(told(gaps)).toEqual([]);
});

test('a sleep is as long as it was, also where the clock was set back meanwhile (A7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setClock(-5 * 60 * minute);
  clock.setForward(2 * 60 * minute);
  expect(told(gaps)).toEqual([['asleep', 120]]);
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

test('what the system refuses to read is not written over, and comes before what is found meanwhile (S2, T7)', () => {
  const { clock, open } = scene();
  open().close();
  clock.setForward(60 * minute);
  let refuses = true;
  const before = onDisk();
  const { gaps, reports } = openIn(
    clock,
    withUnreadable(openFolder(path, confStore), () => refuses),
  );
  gaps.begin('tunnel', clock.now() - 5 * minute);
  gaps.end('tunnel');
  clock.setForward(15_000);
  expect([told(gaps), onDisk()]).toEqual([[['tunnel', 5]], before]);
  expect(reports).toEqual(['gaps.json cannot be read: the system says EACCES']);

  refuses = false;
  clock.setForward(15_000);
  const all = [
    ['quit', 60],
    ['tunnel', 5],
  ];
  expect(told(gaps)).toEqual(all);
  expect(told(open())).toEqual(all);
});

test('gaps of a newer Hookbell are shown as far as they are understood, and never changed (H17)', () => {
  const { clock, open, reports } = scene();
  const store = openFolder(path, confStore).store('gaps');
  const gap = { from: clock.now() - 90 * minute, to: clock.now() - 60 * minute, reason: 'asleep' };
  for (const [value, shown] of [
    [{ v: 2, gaps: [gap], beat: { at: clock.now(), closed: true }, more: true }, [['asleep', 30]]],
    [{ v: 2, gaps: 'a shape to come' }, []],
  ] as const) {
    store.write(value);
    const before = onDisk();
    const gaps = open();
    clock.setForward(15_000);
    expect([told(gaps), reports.splice(0)]).toEqual([shown, ['newer']]);
    gaps.close();
    expect(onDisk()).toBe(before);
  }
});

test('what lasts when the app ends, or is killed, is a gap until then', () => {
  const { clock, open } = scene();
  const gaps = open();
  gaps.begin('tunnel');
  clock.setForward(15_000);
  gaps.begin('tunnel');
  for (let beat = 0; beat < 12; beat += 1) clock.setForward(15_000);
  gaps.close();
  clock.setForward(10 * minute);
  const again = open();
  expect(told(again)).toEqual([
    ['tunnel', 3],
    ['quit', 10],
  ]);

  again.begin('disk');
  for (let beat = 0; beat < 12; beat += 1) clock.setForward(15_000);
  // Killed here: the clock goes on, the heart does not.
  const dead = createClock();
  dead.setForward(clock.now() - Date.now() + 10 * minute);
  expect(told(openIn(dead).gaps).slice(2)).toEqual([
    ['disk', 3],
    ['crashed', 10],
  ]);
});

test('what the disk refused for a moment is told, not every sender sends it again (R14, T7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  for (const reason of ['tunnel', 'disk', 'port'] as const) {
    gaps.begin(reason);
    clock.setForward(2000);
    gaps.end(reason);
  }
  expect(gaps.list().map(({ reason }) => reason)).toEqual(['disk']);
});

test('what came in after all was no gap', () => {
  const { clock, open } = scene();
  const gaps = open();
  gaps.begin('tunnel', clock.now() - 5 * minute);
  gaps.takeBack('tunnel');
  gaps.end('tunnel');
  expect(told(gaps)).toEqual([]);
});

test('a computer that wakes up is told of what it missed at once', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.skip(60 * minute);
  gaps.wakeUp();
  gaps.wakeUp();
  expect(told(gaps)).toEqual([['asleep', 60]]);
});
