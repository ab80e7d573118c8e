import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openGaps } from '../../electron/insight/gaps.ts';
import { takenOverByNewer, withUnreadable } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-gaps-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const minute = 60_000;
const openIn = (clock: ReturnType<typeof virtualClock>, folder = openFolder(path, confStore)) => {
  const reports: string[] = [];
  const gaps = openGaps({
    folder,
    now: clock.now,
    uptime: clock.uptime,
    schedule: clock.schedule,
    onGap: () => {},
    report: (trouble) => reports.push(trouble),
  });
  gaps.beat();
  return { gaps, reports };
};
const scene = () => {
  const clock = virtualClock();
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

test('the first start has no gap', () => {
  expect(told(scene().open())).toEqual([]);
});

test('an hour between quit and start is a gap of an hour', () => {
  const { clock, open } = scene();
  open().close();
  clock.setForward(60 * minute);
  expect(told(open())).toEqual([['quit', 60]]);
});

test('an outage that lasts is a gap up to now, and none of the list before it ends', () => {
  const { clock, open } = scene();
  const gaps = open();
  gaps.begin('tunnel');
  clock.skip(90 * minute);
  expect(told(gaps)).toEqual([]);
  expect(gaps.untilNow()).toEqual([
    { from: clock.now() - 90 * minute, to: clock.now(), reason: 'tunnel' },
  ]);
});

test('a sleep that ends at a fraction of a ms is a gap that the next start reads', () => {
  const { clock, open, reports } = scene();
  const gaps = openGaps({
    folder: openFolder(path, confStore),
    now: clock.now,
    uptime: () => clock.uptime() * 1.000_000_1,
    schedule: clock.schedule,
    onGap: () => {},
    report: (trouble) => reports.push(trouble),
  });
  gaps.beat();
  clock.skip(61 * minute + 7);
  gaps.wakeUp();
  gaps.close();
  expect(told(open())).toEqual([['asleep', 61]]);
  expect(reports).toEqual([]);
});

test('the last heartbeat dates a crash', () => {
  const { clock, open } = scene();
  open();
  clock.setForward(15_000);
  clock.setForward(15_000);
  // Killed here: the clock goes on, the heart does not.
  const dead = virtualClock();
  dead.setForward(30_000 + 10 * minute);
  const again = openIn(dead).gaps;
  expect(told(again)).toEqual([['crashed', 10]]);
});

test('a very late heartbeat means that the computer slept', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setForward(8 * 60 * minute);
  clock.setForward(15_000);
  expect(told(gaps)).toEqual([['asleep', 480]]);
});

test('setting the clock is not a sleep (A7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setClock(3 * 60 * minute);
  clock.setForward(15_000);
  expect(told(gaps)).toEqual([]);
});

test('a sleep has its true length although the clock was set back (A7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.setForward(15_000);
  clock.setClock(-5 * 60 * minute);
  clock.setForward(2 * 60 * minute);
  expect(told(gaps)).toEqual([['asleep', 120]]);
});

test('less than a minute is no gap, since senders retry', () => {
  const { clock, open } = scene();
  open().close();
  clock.setForward(50_000);
  expect(told(open())).toEqual([]);
});

test('a damaged file loses the known gaps and is reported', () => {
  const { open, reports } = scene();
  writeFileSync(join(path, 'gaps.json'), '{"half');
  expect(told(open())).toEqual([]);
  expect(reports).toHaveLength(1);
});

test('what the system refuses to read is read-only until the next start, and then as it was (S2, T7)', () => {
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
  expect([told(gaps), onDisk()]).toEqual([[['tunnel', 5]], before]);
  expect(told(open())).toEqual([['quit', 61]]);
});

test('gaps of a newer Hookbell are shown as far as they are understood, and never changed (H17)', () => {
  const { clock } = scene();
  const store = openFolder(path, confStore).store('gaps');
  const gap = { from: clock.now() - 90 * minute, to: clock.now() - 60 * minute, reason: 'asleep' };
  for (const [value, shown] of [
    [{ v: 2, gaps: [gap], beat: { at: clock.now(), closed: true }, more: true }, [['asleep', 30]]],
    [{ v: 2, gaps: 'a shape to come' }, []],
  ] as const) {
    rmSync(join(path, 'format.json'), { force: true });
    store.write(value);
    const before = onDisk();
    const { gaps, reports } = openIn(clock, takenOverByNewer(path));
    clock.setForward(15_000);
    expect([told(gaps), reports]).toEqual([shown, []]);
    gaps.close();
    expect(onDisk()).toBe(before);
  }
});

test('an outage lasts until the app quits or is killed', () => {
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
  const dead = virtualClock();
  dead.setForward(clock.now() - dead.now() + 10 * minute);
  expect(told(openIn(dead).gaps).slice(2)).toEqual([
    ['disk', 3],
    ['crashed', 10],
  ]);
});

test('a short disk failure is a gap, since not every sender retries (R14, T7)', () => {
  const { clock, open } = scene();
  const gaps = open();
  for (const reason of ['tunnel', 'disk', 'port'] as const) {
    gaps.begin(reason);
    clock.setForward(2000);
    gaps.end(reason);
  }
  expect(gaps.list().map(({ reason }) => reason)).toEqual(['disk']);
});

test('a discarded outage is no gap', () => {
  const { clock, open } = scene();
  const gaps = open();
  gaps.begin('tunnel', clock.now() - 5 * minute);
  gaps.discard('tunnel');
  gaps.end('tunnel');
  expect(told(gaps)).toEqual([]);
});

test('waking up records the gap at once', () => {
  const { clock, open } = scene();
  const gaps = open();
  clock.skip(60 * minute);
  gaps.wakeUp();
  gaps.wakeUp();
  expect(told(gaps)).toEqual([['asleep', 60]]);
});
