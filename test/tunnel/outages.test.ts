import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openGaps } from '../../electron/insight/gaps.ts';
import { type WorksAgain, watchOutages } from '../../electron/receiver/outages.ts';
import { openSettings } from '../../electron/setup/settings.ts';
import { tunnelProblemWords } from '../../electron/tunnel/words.ts';
import type { Pipe } from '../../shared/pipe.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';

const source = kryptosSource();

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'hookbell-watch-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const minute = 60_000;
const url = 'https://mine.ngrok-free.app';
const receiving: Pipe = { status: 'receiving', port: 4747, url, checkedAt: 0, by: 'probe' };
const connecting: Pipe = { status: 'connecting', url: null };
const doubted = (evidence: 'connection' | 'probe'): Pipe => ({
  status: 'degraded',
  port: 4747,
  url,
  since: 0,
  evidence,
  why: tunnelProblemWords(evidence === 'probe' ? 'public-url-unreachable' : 'silent'),
});
const lost = doubted('connection');

const ngrok: TunnelSettings = {
  kind: 'ngrok',
  domain: null,
  serverAddress: null,
  rootCa: null,
  closedAtEdge: true,
};

const scene = async () => {
  const clock = virtualClock();
  const folder = openFolder(path, confStore);
  const settings = openSettings(folder);
  const gaps = openGaps({
    ...{ folder, now: clock.now, uptime: clock.uptime, schedule: () => () => {} },
    ...{ onGap: () => {}, report: () => {} },
  });
  gaps.beat();
  let downs = 0;
  const ups: (WorksAgain | null)[] = [];
  const outages = watchOutages({
    ...{ settings, gaps, now: clock.now, schedule: clock.schedule },
    onDown: () => {
      downs += 1;
    },
    onUp: (again) => ups.push(again),
  });
  return { clock, settings, gaps, outages, downs: () => downs, ups };
};

test('the time in which the public URL is down is a gap, told once after five minutes', async () => {
  const { clock, gaps, outages, downs } = await scene();
  outages.follow(receiving);
  outages.follow(lost);
  clock.setForward(4 * minute);
  outages.follow(connecting);
  expect(downs()).toBe(0);
  clock.setForward(2 * minute);
  expect(downs()).toBe(1);
  clock.setForward(60 * minute);
  outages.follow(receiving);

  expect(downs()).toBe(1);
  expect(
    gaps.list().map(({ from, to, reason }) => [reason, Math.round((to - from) / minute)]),
  ).toEqual([['tunnel', 66]]);
});

test('the time without an authtoken for ngrok is a gap too', async () => {
  const { clock, settings, gaps, outages, downs } = await scene();
  settings.change({ tunnel: ngrok });
  outages.follow(null);
  outages.authtokenMissing(true);
  clock.setForward(6 * minute);
  expect(downs()).toBe(1);
  outages.authtokenMissing(false);
  expect(gaps.list()).toEqual([]);
  outages.follow(receiving);
  expect(gaps.list().map(({ reason }) => reason)).toEqual(['tunnel']);

  outages.authtokenMissing(true);
  clock.setForward(6 * minute);
  settings.change({ tunnel: { kind: 'none' } });
  outages.authtokenMissing(false);
  expect(gaps.list()).toHaveLength(2);
});

test('an outage that ends within five minutes is not notified, nor is one of a URL that is not wanted any more', async () => {
  const { clock, outages, downs } = await scene();
  outages.follow(lost);
  outages.follow(receiving);
  outages.follow(lost);
  outages.follow(null);
  clock.setForward(10 * minute);
  expect(downs()).toBe(0);
});

test('a delivery while only the probe failed takes the gap back, and a later outage is a new one', async () => {
  const { clock, gaps, outages, downs } = await scene();
  outages.follow(doubted('probe'));
  clock.setForward(4 * minute);
  outages.arrived('main');
  clock.setForward(10 * minute);
  expect(downs()).toBe(0);

  outages.follow(lost);
  clock.setForward(6 * minute);
  outages.follow(receiving);
  expect(downs()).toBe(1);
  expect(
    gaps.list().map(({ from, to, reason }) => [reason, Math.round((to - from) / minute)]),
  ).toEqual([['tunnel', 6]]);
});

test('neither the first URL nor the same one is new to the portals', async () => {
  const { settings, outages } = await scene();
  outages.follow(receiving);
  outages.follow(receiving);
  expect(settings.current).toMatchObject({ publicUrl: url, moved: [] });
});

test('a new URL is new to the portals of all sources, and a removed source is not waited for', async () => {
  using temp = tempFolder();
  const setUp = await openPlainApp({ folder: temp.path, provision: { sources: [source] } });
  await setUp.close();
  const settings = openSettings(openFolder(join(temp.path, 'settings'), confStore));
  settings.remember({ moved: [source.id, 'removed-long-ago'] });

  const app = await openPlainApp({ folder: temp.path });
  const waitedFor = () =>
    app
      .state()
      .conditions.map(({ reason }) => reason)
      .flatMap((problem) => (problem.code === 'url-changed' ? [problem.sourceIds] : []));
  expect(waitedFor()).toEqual([[source.id]]);
  expect(await app.ask('removeSource', { id: source.id })).toEqual({ status: 'done' });
  expect(waitedFor()).toEqual([]);
  await app.close();
  const kept = openSettings(openFolder(join(temp.path, 'settings'), confStore)).current;
  expect(kept.moved).not.toContain(source.id);
});

test('an outage lasts through every attempt and through sleep, and ends when the URL works or is not wanted', async () => {
  const { clock, settings, outages } = await scene();
  settings.change({ tunnel: ngrok });
  outages.follow(receiving);
  expect(outages.current()).toBeNull();
  const began = clock.now();
  outages.follow(lost);
  clock.setForward(6 * minute);
  outages.follow(connecting);
  // Asleep.
  outages.follow(null);
  clock.setForward(60 * minute);
  outages.follow(connecting);
  const { since = 0, isLong } = outages.current() ?? {};
  expect(Math.abs(since - began)).toBeLessThan(minute);
  expect(isLong).toBe(true);

  outages.follow(receiving);
  expect(outages.current()).toBeNull();
  outages.follow(lost);
  settings.change({ tunnel: { kind: 'none' } });
  outages.follow(null);
  expect(outages.current()).toBeNull();
});

test('a public URL that works again is told once, with the start of the outage', async () => {
  const { clock, outages, ups } = await scene();
  outages.follow(receiving);
  outages.follow(receiving);
  const downSince = clock.now();
  outages.follow(lost);
  clock.setForward(10 * minute);
  outages.follow(connecting);
  outages.follow(receiving);
  outages.follow(receiving);
  expect(ups).toEqual([
    { downSince: null, at: downSince },
    { downSince, at: clock.now() },
  ]);
});

test('an outage that was none, or that ends because no URL is wanted, is no news', async () => {
  const { outages, ups } = await scene();
  outages.follow(lost);
  outages.follow(null);
  expect(ups).toEqual([null]);
});
