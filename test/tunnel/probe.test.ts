import { expect, test } from 'vitest';
import { createProbe, type ProbeState, type PublicAnswer } from '../../electron/tunnel/probe.ts';
import { virtualClock } from '../support/clock.ts';

const base = 'https://hookbell.ngrok-free.app';
const well: PublicAnswer = { kind: 'answered', status: 200, ngrokError: null };
const offline: PublicAnswer = { kind: 'answered', status: 404, ngrokError: 'ERR_NGROK_3200' };
const never = new Promise<never>(() => {});

/** A probe in virtual time, with a world that can be set. */
const probing = () => {
  const time = virtualClock();
  const told: ProbeState[] = [];
  const asked: string[] = [];
  const world = {
    answer: well as PublicAnswer | 'nothing',
    reachesUs: true,
    receiver: true as boolean | 'nothing',
  };
  let tokens = 0;
  const probe = createProbe({
    ...time,
    chance: () => 0.5,
    token: () => {
      tokens += 1;
      return `token-of-the-probe-${tokens}`;
    },
    fetch: async (url) => {
      const { pathname } = new URL(url);
      asked.push(pathname);
      if (world.reachesUs) probe.take(pathname);
      return world.answer === 'nothing' ? never : world.answer;
    },
    askReceiver: async () => (world.receiver === 'nothing' ? never : world.receiver),
    onChange: (state) => told.push(state),
  });
  return { time, told, asked, world, probe, state: () => probe.state() };
};

test('receiving is claimed once a random path has come back through the public URL (T6)', async () => {
  const { probe, time, told, asked } = probing();
  probe.aim(`${base}/`);
  await time.pass(0);
  expect(asked).toEqual(['/hooks/probe/token-of-the-probe-1']);
  expect(told.map(({ status }) => status)).toEqual(['checking', 'receiving']);
});

test('a foreign answer does not count as our own', async () => {
  const { probe, time, world, state } = probing();
  world.reachesUs = false;
  probe.aim(base);
  await time.pass(1000);
  expect(state()).toMatchObject({ status: 'failing', fault: { where: 'elsewhere' } });
});

test('each path counts once, and only the one that is awaited', async () => {
  const { probe, time, asked, world } = probing();
  world.reachesUs = false;
  world.answer = 'nothing';
  probe.aim(base);
  await time.pass(0);
  const [path = ''] = asked;
  expect(probe.take('/hooks/probe/guessed-guessed-guessed')).toBe(false);
  expect(probe.take(`${path}/more`)).toBe(false);
  expect(probe.take(path)).toBe(true);
  expect(probe.take(path)).toBe(false);
});

test.each<[string, Partial<ReturnType<typeof probing>['world']>, object]>([
  [
    'our server does not answer',
    { answer: offline, reachesUs: false, receiver: false },
    { where: 'receiver', problem: null },
  ],
  [
    'our server hangs',
    { answer: offline, reachesUs: false, receiver: 'nothing' },
    { where: 'receiver', problem: null },
  ],
  [
    'ngrok knows no endpoint',
    { answer: offline, reachesUs: false },
    { where: 'tunnel', problem: { code: 'endpoint-offline', ngrok: 'ERR_NGROK_3200' } },
  ],
  [
    'the month is used up',
    {
      answer: { kind: 'answered', status: 402, ngrokError: 'ERR_NGROK_727' },
      reachesUs: false,
    },
    { where: 'tunnel', problem: { code: 'quota-used-up', ngrok: 'ERR_NGROK_727' } },
  ],
  [
    'the SDK cannot reach our server',
    { answer: { kind: 'answered', status: 502, ngrokError: null }, reachesUs: false },
    { where: 'tunnel', problem: null },
  ],
  [
    'the public name is unknown',
    { answer: { kind: 'unreachable', text: 'ENOTFOUND' }, reachesUs: false },
    { where: 'edge', problem: null },
  ],
  ['nothing answers', { answer: 'nothing', reachesUs: false }, { where: 'edge', problem: null }],
  ['the answer is lost on its way back', { answer: 'nothing' }, { where: 'edge', problem: null }],
])('%s: the fault is placed', async (_what, changes, fault) => {
  const { probe, time, world, state } = probing();
  Object.assign(world, changes);
  probe.aim(base);
  await time.pass(45_000);
  expect(state()).toMatchObject({ status: 'failing', fault });
});

test('the first failure after a change is only a reason to look again', async () => {
  const { probe, time, told, world } = probing();
  Object.assign(world, { answer: offline, reachesUs: false });
  probe.aim(base);
  await time.pass(500);
  Object.assign(world, { answer: well, reachesUs: true });
  await time.pass(500);
  expect(told.map(({ status }) => status)).toEqual(['checking', 'receiving']);
});

test('after a failure the next check follows after 1 s, doubling to a minute, without end', async () => {
  const { probe, time, asked, world } = probing();
  Object.assign(world, { answer: offline, reachesUs: false });
  probe.aim(base);
  await time.pass(2 * 60 * 60_000);
  // 1 + 2 + 4 + … + 60 + 60 …
  expect(asked.length).toBeGreaterThan(120);
  expect(asked.length).toBeLessThan(135);
});

test('while all is well a check follows every quarter of an hour, each with a new path', async () => {
  const { probe, time, asked } = probing();
  probe.aim(base);
  await time.pass(24 * 60 * 60_000);
  expect(asked).toHaveLength(97);
  expect(new Set(asked).size).toBe(97);
});

test('a change is checked at once, and the finding of an older request does not count', async () => {
  const { probe, time, asked, world, state } = probing();
  world.answer = 'nothing';
  probe.aim(base);
  await time.pass(0);
  world.answer = well;
  probe.checkSoon();
  await time.pass(0);
  expect(asked).toHaveLength(2);
  expect(state()).toMatchObject({ status: 'receiving' });
  await time.pass(20_000);
  expect(state()).toMatchObject({ status: 'receiving' });
});

test('without a public URL no check is made', async () => {
  const { probe, time, asked, state } = probing();
  probe.aim(base);
  await time.pass(0);
  probe.aim(null);
  probe.checkSoon();
  await time.pass(60 * 60_000);
  expect(asked).toHaveLength(1);
  expect(state()).toEqual({ status: 'idle' });
  expect(time.waiting()).toBe(0);
});
