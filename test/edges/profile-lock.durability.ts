import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { ownerWords } from '../../electron/edges/lock-record.ts';
import { claimProfile, type HeldProfile } from '../../electron/edges/profile-lock.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { bundle, type Program } from '../support/bundle.ts';
import { keptIn, receive } from '../support/receive.ts';
import { startsOf } from './support/starts.ts';

const source = kryptosSource();

let program: Program;
beforeAll(async () => {
  program = await bundle('test/edges/support/owner-program.ts');
});
afterAll(() => program[Symbol.dispose]());

const heldBy = async (userData: string, heartbeatMs?: number): Promise<HeldProfile> => {
  const claim = await claimProfile(userData, heartbeatMs);
  if (claim.status !== 'held') throw new Error(`The profile is ${claim.status}`);
  return claim;
};

const elsewhere = {
  ...{ pid: 4711, host: 'attic', machine: 'of another computer', key: 'of another start' },
  since: Date.UTC(2026, 10, 26, 8, 30),
};
const recordOf = (userData: string) => join(userData, 'lock.json');

const keptAlone = async (userData: string): Promise<number> => {
  const app = await openPlainApp({ folder: userData });
  const kept = await keptIn(app);
  await app.close();
  return kept.length;
};

test('the first start serves a second one and keeps every acknowledged event (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const first = await starts.start(temp.path);
  expect(first.claim).toBe('held');
  expect(await first.deliver('whd_1')).toBe(200);

  const second = await starts.start(temp.path);
  expect(second).toMatchObject({
    claim: 'taken',
    asked: { status: 'answered', reply: { text: `run heard by ${first.process.pid}` } },
  });
  expect(await first.deliver('whd_2')).toBe(200);
  await first.kill();
  expect(await keptAlone(temp.path)).toBe(2);
});

test('exactly one of many simultaneous starts claims the profile, also after a killed owner (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  await (await starts.start(temp.path)).kill();
  for (let round = 0; round < 2; round += 1) {
    const all = await Promise.all(Array.from({ length: 4 }, () => starts.start(temp.path)));
    const owners = all.filter(({ claim }) => claim === 'held');
    expect(owners).toHaveLength(1);
    expect(all.filter(({ claim }) => claim === 'taken')).toHaveLength(3);
    await owners[0]?.kill();
  }
}, 60_000);

test('an owner that stands still keeps the profile and goes on later (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const first = await starts.start(temp.path);
  first.process.kill('SIGSTOP');

  const second = await starts.start(temp.path);
  expect(second).toMatchObject({
    claim: 'taken',
    asked: {
      status: 'unanswered',
      owner: expect.stringContaining(`process ${first.process.pid}, since`),
    },
  });
  first.process.kill('SIGCONT');
  expect(await first.deliver('whd_1')).toBe(200);
});

test('a second start finds the owner of a profile whose record was removed, and the record comes back (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const first = await starts.start(temp.path);
  const record = readFileSync(recordOf(temp.path), 'utf8');
  rmSync(recordOf(temp.path));

  expect(await starts.start(temp.path)).toMatchObject({ claim: 'taken' });
  expect(await first.deliver('whd_1')).toBe(200);

  const held = await heldBy(mkdirIn(temp.path, 'other'));
  rmSync(recordOf(join(temp.path, 'other')));
  held.heartbeat();
  expect(existsSync(recordOf(join(temp.path, 'other')))).toBe(true);
  expect(record).toContain(String(first.process.pid));
  held.release();
});

test('a copy of a profile in use is another profile (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const original = mkdirIn(temp.path, 'profile');
  const first = await starts.start(original);
  await first.deliver('whd_1');
  const copied = join(temp.path, 'copy');
  // A file that the owner is replacing may vanish between its listing and its copying.
  cpSync(original, copied, { recursive: true, filter: (from) => !from.includes('.tmp-') });

  const second = await starts.start(copied);
  expect(second.claim).toBe('held');
  expect(await second.deliver('whd_2')).toBe(200);
  expect(await first.deliver('whd_2')).toBe(200);
});

test('a profile with a long path is locked like any other (H18)', async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const deep = mkdirIn(temp.path, ...Array.from({ length: 20 }, () => 'a-long-name-of-a-folder'));
  expect(await starts.start(deep)).toMatchObject({ claim: 'held' });
  expect(await starts.start(deep)).toMatchObject({
    claim: 'taken',
    asked: { status: 'answered' },
  });
});

test('a profile on a share stays with the computer that sends heartbeats, which is named (H18)', async () => {
  using temp = tempFolder();
  writeFileSync(recordOf(temp.path), JSON.stringify(elsewhere));
  const claim = await claimProfile(temp.path);
  expect(claim).toEqual({ status: 'elsewhere', owner: elsewhere });
  expect(ownerWords(elsewhere)).toBe(
    'process 4711 on the computer attic, since 2026-11-26 08:30 UTC',
  );
});

test('a profile whose owner on another computer sends no heartbeats is claimed at once (H18)', async () => {
  using temp = tempFolder();
  writeFileSync(recordOf(temp.path), JSON.stringify(elsewhere));
  const anHourAgo = Date.now() / 1000 - 3600;
  utimesSync(recordOf(temp.path), anHourAgo, anHourAgo);
  const held = await heldBy(temp.path);
  expect(JSON.parse(readFileSync(recordOf(temp.path), 'utf8'))).toEqual(held.owner);
  held.release();
});

test('an owner whose profile was taken over writes nothing more and learns by whom (H18)', async () => {
  using temp = tempFolder();
  const held = await heldBy(temp.path, 20);
  const app = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    demandHeld: held.demandHeld,
  });
  expect((await receive(app, 'whd_1')).status).toBe(200);
  writeFileSync(join(temp.path, 'theirs'), JSON.stringify(elsewhere));
  renameSync(join(temp.path, 'theirs'), recordOf(temp.path));
  const by = await new Promise((resolve) => held.onLost(resolve));

  expect(by).toEqual(elsewhere);
  expect((await receive(app, 'whd_2')).status).toBe(503);
  expect(app.state().conditions.map(({ reason }) => reason)).toContainEqual(
    expect.objectContaining({
      code: 'disk',
      message: expect.stringContaining('process 4711 on attic'),
    }),
  );
  held.release();
});

const mkdirIn = (...path: string[]): string => {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true });
  return folder;
};
