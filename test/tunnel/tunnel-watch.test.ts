import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolder } from '../../electron/edges/folder.ts';
import { openGaps } from '../../electron/insight/gaps.ts';
import { openSettings } from '../../electron/setup/settings.ts';
import { tunnelInFile } from '../../electron/setup/tunnel-settings.ts';
import type { WayIn } from '../../electron/tunnel/tunnel.ts';
import { createTunnelWatch } from '../../electron/tunnel-watch.ts';
import { source } from '../history/support/kryptos.ts';
import { openPlainApp } from '../history/support/plain-app.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { confStore, createClock } from '../support/memory.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-watch-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const minute = 60_000;
const url = 'https://mine.ngrok-free.app';
const receiving: WayIn = { status: 'receiving', url, checkedAt: 0 };
const lost: WayIn = { status: 'degraded', url, since: 0, why: 'silent' };

const scene = async () => {
  const clock = createClock();
  const folder = openFolder(path, confStore);
  const settings = openSettings(folder);
  const gaps = openGaps({
    ...{ folder, now: clock.now, uptime: clock.uptime, later: () => () => {} },
    ...{ onGap: () => {}, report: () => {}, onNewer: () => {} },
  });
  gaps.beat();
  let downs = 0;
  const watch = createTunnelWatch({
    ...{ settings, gaps, now: clock.now, later: clock.later },
    onDown: () => {
      downs += 1;
    },
  });
  return { clock, settings, gaps, watch, downs: () => downs };
};

test('the time without a way in is a gap, told once after five minutes', async () => {
  const { clock, gaps, watch, downs } = await scene();
  watch.follow(receiving);
  watch.follow(lost);
  clock.setForward(4 * minute);
  watch.follow({ status: 'connecting', since: 0, url: null });
  expect(downs()).toBe(0);
  clock.setForward(2 * minute);
  expect(downs()).toBe(1);
  clock.setForward(60 * minute);
  watch.follow(receiving);

  expect(downs()).toBe(1);
  expect(
    gaps.list().map(({ from, to, reason }) => [reason, Math.round((to - from) / minute)]),
  ).toEqual([['tunnel', 66]]);
});

test('the time in which ngrok cannot be opened for want of its authtoken is a gap too', async () => {
  const { clock, settings, gaps, watch, downs } = await scene();
  settings.change({ tunnel: tunnelInFile({ kind: 'ngrok' }) });
  watch.follow({ status: 'none' });
  watch.lacks(true);
  clock.setForward(6 * minute);
  expect(downs()).toBe(1);
  watch.lacks(false);
  expect(gaps.list()).toEqual([]);
  watch.follow(receiving);
  expect(gaps.list().map(({ reason }) => reason)).toEqual(['tunnel']);

  watch.lacks(true);
  clock.setForward(6 * minute);
  settings.change({ tunnel: { kind: 'none' } });
  watch.lacks(false);
  expect(gaps.list()).toHaveLength(2);
});

test('a way in that comes back in time is told to nobody, nor is one that is not wanted any more', async () => {
  const { clock, watch, downs } = await scene();
  watch.follow(lost);
  watch.follow(receiving);
  watch.follow(lost);
  watch.follow({ status: 'none' });
  clock.setForward(10 * minute);
  expect(downs()).toBe(0);
});

test('what comes in while only our own request did not come back shows that it was no loss, and a loss after it is one', async () => {
  const { clock, gaps, watch, downs } = await scene();
  watch.follow({ status: 'degraded', url, since: 0, why: { where: 'edge', problem: null } });
  clock.setForward(4 * minute);
  watch.arrived('main');
  clock.setForward(10 * minute);
  expect(downs()).toBe(0);

  watch.follow(lost);
  clock.setForward(6 * minute);
  watch.follow(receiving);
  expect(downs()).toBe(1);
  expect(
    gaps.list().map(({ from, to, reason }) => [reason, Math.round((to - from) / minute)]),
  ).toEqual([['tunnel', 6]]);
});

test('the first URL is no news, the same one neither', async () => {
  const { settings, watch } = await scene();
  watch.follow(receiving);
  watch.follow(receiving);
  expect(settings.current).toMatchObject({ publicUrl: url, moved: [] });
});

test('a new URL is news for the portals of the sources there are: one that is removed is not waited for', async () => {
  using temp = tempFolder();
  const setUp = await openPlainApp({ folder: temp.path, provision: { sources: [source] } });
  await setUp.close();
  const settings = openSettings(openFolder(join(temp.path, 'settings'), confStore));
  settings.remember({ moved: [source.id, 'removed-long-ago'] });

  const app = await openPlainApp({ folder: temp.path });
  const waitedFor = () =>
    app
      .state()
      .problems.flatMap((problem) => (problem.code === 'url-changed' ? [problem.sourceIds] : []));
  expect(waitedFor()).toEqual([[source.id]]);
  expect(await app.ask('removeSource', { id: source.id })).toEqual({ status: 'done' });
  expect(waitedFor()).toEqual([]);
  await app.close();
  const kept = openSettings(openFolder(join(temp.path, 'settings'), confStore)).current;
  expect(kept.moved).not.toContain(source.id);
});

test('an outage is as old as it is, through every further try and through sleep, and ends when something gets in', async () => {
  const { clock, settings, watch } = await scene();
  settings.change({ tunnel: tunnelInFile({ kind: 'ngrok' }) });
  watch.follow(receiving);
  expect(watch.outage()).toBeNull();
  const began = clock.now();
  watch.follow(lost);
  clock.setForward(6 * minute);
  watch.follow({ status: 'connecting', since: clock.now(), url: null });
  // Asleep.
  watch.follow({ status: 'none' });
  clock.setForward(60 * minute);
  watch.follow({ status: 'connecting', since: clock.now(), url: null });
  const { since = 0, isLong } = watch.outage() ?? {};
  expect(Math.abs(since - began)).toBeLessThan(minute);
  expect(isLong).toBe(true);

  watch.follow(receiving);
  expect(watch.outage()).toBeNull();
  watch.follow(lost);
  settings.change({ tunnel: { kind: 'none' } });
  watch.follow({ status: 'none' });
  expect(watch.outage()).toBeNull();
});
