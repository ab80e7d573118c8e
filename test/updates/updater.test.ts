import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { quietMs } from '../../electron/updates/quiet.ts';
import type { FeedEvent } from '../../electron/updates/step.ts';
import {
  answersWithinMs,
  checkEveryMs,
  createUpdater,
  downloadsWithinMs,
  firstCheckMs,
  lookEveryMs,
  type Restart,
  type RestartAnswer,
  type UpdateSource,
} from '../../electron/updates/updater.ts';
import { virtualClock } from '../support/clock.ts';

type Choices = {
  readonly source: UpdateSource;
  readonly missed?: string;
  readonly answer?: RestartAnswer;
};

/** An updater of version 0.1.0 in virtual time, with nothing under way. */
const updaterOf = ({ source, missed = undefined, answer = { status: 'begun' } }: Choices) => {
  const clock = virtualClock();
  const restarts: Restart[] = [];
  const under = { use: false, work: false };
  const updater = createUpdater({
    updates: {
      source,
      missed: missed ?? null,
      isInUse: () => under.use,
      restart: async (restart) => {
        restarts.push(restart);
        return answer;
      },
    },
    running: '0.1.0',
    ...clock,
    isWorking: () => under.work,
    onChange: () => {},
    log: () => {},
  });
  return { clock, restarts, under, updater };
};

/** Files that a package manager replaces. */
const installed = () => {
  let tell = (_version: string | null) => {};
  let looks = 0;
  const source: UpdateSource = {
    kind: 'installed',
    watch: (onVersion) => {
      tell = onVersion;
      const look = () => {
        looks += 1;
      };
      return { look, close: () => {} };
    },
  };
  return { source, become: (version: string | null) => tell(version), looks: () => looks };
};

/** A feed that answers each check with these events. */
const feedOf = (...events: FeedEvent[]) => {
  let checks = 0;
  const source: UpdateSource = {
    kind: 'feed',
    check: async (onEvent) => {
      checks += 1;
      for (const event of events) onEvent(event);
    },
    giveUp: () => {},
  };
  return { source, checks: () => checks };
};

test('where updates are off nothing is scheduled', () => {
  const { clock, updater } = updaterOf({ source: { kind: 'off', why: 'no-feed' } });
  updater.check();
  updater.restart();
  expect(clock.waiting()).toBe(0);
  expect(updater.status()).toEqual({ status: 'off', why: 'no-feed' });
  expect(updater.problem()).toBe(null);
});

test('another version among the installed files is a condition, which ends when the running one is back', () => {
  const { source, become } = installed();
  const { updater } = updaterOf({ source });
  become('0.1.0');
  expect(updater.problem()).toBe(null);

  become('0.2.0');
  const ready = { code: 'update-ready', running: '0.1.0', how: 'installed', isMissed: false };
  expect(updater.problem()).toEqual({ ...ready, version: '0.2.0', isOlder: false });
  become('0.0.9');
  expect(updater.problem()).toEqual({ ...ready, version: '0.0.9', isOlder: true });
  become('0.1.0');
  expect(updater.problem()).toBe(null);
  expect(updater.status()).toEqual({ status: 'watching' });
});

test('the installed files are looked at every hour and after a sleep, whatever the system announces', async () => {
  const { source, looks } = installed();
  const { clock, updater } = updaterOf({ source });
  await clock.pass(lookEveryMs * 3);
  expect(looks()).toBe(3);
  updater.wakeUp();
  expect(looks()).toBe(4);
});

test('Hookbell restarts by itself once nothing has been under way for three minutes', async () => {
  const { source, become } = installed();
  const { clock, restarts, under, updater } = updaterOf({ source });
  become('0.2.0');
  under.use = true;
  await clock.pass(quietMs * 2);
  expect(restarts).toEqual([]);

  under.use = false;
  under.work = true;
  await clock.pass(quietMs * 2);
  expect(restarts).toEqual([]);

  under.work = false;
  for (let minutes = 0; minutes < 10; minutes += 1) {
    updater.received();
    await clock.pass(60_000);
  }
  expect(restarts).toEqual([]);
  await clock.pass(quietMs - 60_000);
  expect(restarts).toEqual([{ version: '0.2.0', how: 'installed', byItself: true }]);
});

test('a night of sleep is no quiet, also where a timer is earlier than the news of its end', async () => {
  const { source, become } = installed();
  const { clock, restarts } = updaterOf({ source });
  become('0.2.0');
  clock.setForward(8 * 60 * 60_000);
  expect(restarts).toEqual([]);
  await clock.pass(quietMs - 1);
  expect(restarts).toEqual([]);
  await clock.pass(quietMs);
  expect(restarts).toHaveLength(1);
});

test('a night of sleep is no quiet', async () => {
  const { source, become } = installed();
  const { clock, restarts, updater } = updaterOf({ source });
  become('0.2.0');
  clock.skip(8 * 60 * 60_000);
  updater.wakeUp();
  await clock.pass(quietMs - 30_000);
  expect(restarts).toEqual([]);
});

test('Hookbell does not restart by itself into an older version, an unknown one, or one that the last restart did not bring', async () => {
  const { source, become } = installed();
  const { clock, restarts, updater } = updaterOf({ source, missed: '0.2.0' });
  for (const version of ['0.0.9', null, '0.2.0']) {
    become(version);
    await clock.pass(quietMs * 2);
  }
  expect(restarts).toEqual([]);

  updater.restart();
  expect(restarts).toEqual([{ version: '0.2.0', how: 'installed', byItself: false }]);
});

test('a restart that has begun is not begun again, and one that was put off is', async () => {
  const { source, become } = installed();
  const begun = updaterOf({ source });
  become('0.2.0');
  begun.updater.restart();
  begun.updater.restart();
  await begun.clock.pass(quietMs * 2);
  expect(begun.restarts).toHaveLength(1);

  const other = installed();
  const putOff = updaterOf({ source: other.source, answer: { status: 'not-now' } });
  other.become('0.2.0');
  await putOff.clock.pass(quietMs);
  putOff.updater.restart();
  expect(putOff.restarts.map(({ byItself }) => byItself)).toEqual([true, false]);
});

test('after the drain nothing is watched or restarted any more', async () => {
  const { source, become } = installed();
  const { clock, restarts, updater } = updaterOf({ source });
  become('0.2.0');
  updater.close();
  expect(clock.waiting()).toBe(0);
  await clock.pass(quietMs * 2);
  expect(restarts).toEqual([]);
});

test('a feed is asked five minutes after the start, then every six hours, and when a person asks', async () => {
  const { source, checks } = feedOf({ kind: 'current', at: 1 });
  const { clock, updater } = updaterOf({ source });
  await clock.pass(firstCheckMs - 1);
  expect(checks()).toBe(0);
  await clock.pass(1);
  expect(checks()).toBe(1);
  expect(updater.status()).toEqual({ status: 'current', checkedAt: 1 });
  await clock.pass(checkEveryMs * 2);
  expect(checks()).toBe(3);
  updater.check();
  expect(checks()).toBe(4);
});

test('a downloaded update is a condition, and the feed is not asked again', async () => {
  const { source, checks } = feedOf(
    { kind: 'found', version: '0.2.0', at: 1 },
    { kind: 'downloaded', version: '0.2.0' },
  );
  const { clock, under, updater } = updaterOf({ source });
  under.use = true;
  updater.check();
  expect(updater.problem()).toMatchObject({ version: '0.2.0', how: 'downloaded' });
  await clock.pass(checkEveryMs);
  updater.check();
  expect(checks()).toBe(1);
});

test.each([
  ['an answer', answersWithinMs, []],
  ['the end of a download', downloadsWithinMs, [{ kind: 'found', version: '0.2.0', at: 1 }]],
] as const)('a feed is not waited for without end: for %s %d ms', async (_for, ms, events) => {
  let checks = 0;
  const givesUp = new EventEmitter();
  const { clock, updater } = updaterOf({
    source: {
      kind: 'feed',
      check: async (onEvent) => {
        checks += 1;
        for (const event of events) onEvent(event);
        await once(givesUp, 'give-up');
        onEvent({ kind: 'failed', why: 'unreachable', message: 'it does not answer' });
      },
      giveUp: () => givesUp.emit('give-up'),
    },
  });
  updater.check();
  await clock.pass(ms - 1);
  expect(['checking', 'downloading']).toContain(updater.status().status);
  await clock.pass(1);
  await expect.poll(() => updater.status()).toMatchObject({ status: 'failed', why: 'unreachable' });
  updater.check();
  expect(checks).toBe(2);
});

test('a check under way is not begun twice', () => {
  const { source, checks } = feedOf({ kind: 'found', version: '0.2.0', at: 1 });
  const { updater } = updaterOf({ source });
  updater.check();
  updater.check();
  expect(checks()).toBe(1);
  expect(updater.status()).toEqual({ status: 'downloading', version: '0.2.0', checkedAt: 1 });
});

test('a failed check and a failed restart are states with their cause, and no condition', async () => {
  const unreachable = { why: 'unreachable', message: 'net::ERR_CONNECTION_REFUSED' } as const;
  const failing = updaterOf({ source: feedOf({ kind: 'failed', ...unreachable }).source });
  failing.updater.check();
  expect(failing.updater.status()).toEqual({ status: 'failed', checkedAt: null, ...unreachable });
  expect(failing.updater.problem()).toBe(null);

  const readOnly = { why: 'not-replaceable', message: 'EACCES' } as const;
  const { source } = feedOf({ kind: 'downloaded', version: '0.2.0' });
  const { clock, updater } = updaterOf({ source, answer: { status: 'failed', ...readOnly } });
  updater.check();
  updater.restart();
  await clock.pass(0);
  expect(updater.status()).toEqual({ status: 'failed', checkedAt: null, ...readOnly });
});
