import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drainBeforeQuit } from '../../electron/edges/quitting.ts';

/** Like Electron's: `quit` ends at once unless a listener of `before-quit` prevents it. */
const app = vi.hoisted(() => ({
  ended: 0,
  on: (_event: 'before-quit', listener: (event: { preventDefault: () => void }) => void) => {
    app.quit = () => {
      let isPrevented = false;
      listener({
        preventDefault: () => {
          isPrevented = true;
        },
      });
      if (!isPrevented) app.ended += 1;
    };
  },
  quit: () => {},
  exit: () => {
    app.ended += 1;
  },
}));
vi.mock('electron', () => ({ app }));

beforeEach(() => {
  app.ended = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

/** An app whose drain the test ends. */
const running = () => {
  const happened: string[] = [];
  const draining = new EventEmitter();
  const quitting = drainBeforeQuit({
    drain: async () => {
      happened.push('drain');
      await new Promise<void>((resolve) => draining.once('done', resolve));
    },
    leave: () => happened.push('leave'),
    log: (line) => happened.push(line),
  });
  const drained = async () => {
    draining.emit('done');
    await settled();
  };
  return { happened, drained, quitting };
};

const unused = () => {
  throw new Error('This restart is not given up');
};

const settled = async () => {
  await setImmediate();
  await setImmediate();
};

test('a second quit does not interrupt the drain', async () => {
  const { happened, drained } = running();
  app.quit();
  app.quit();
  await settled();
  expect(app.ended).toBe(0);

  await drained();
  expect(happened).toEqual(['drain', 'leave']);
  expect(app.ended).toBe(1);
});

test('every caller of quit gets its reply before the app ends', async () => {
  const { drained, quitting } = running();
  const heard: number[] = [];
  const ask = () => quitting.quit().then(({ ok }) => heard.push(ok ? app.ended : -1));
  const asked = [ask(), ask()];
  app.quit();
  await settled();
  expect(heard).toEqual([]);

  await drained();
  await Promise.all(asked);
  expect(heard).toEqual([0, 0]);
  expect(app.ended).toBe(1);
});

test('an app that cannot drain quits nevertheless', async () => {
  const { happened, quitting } = running();
  const asked = quitting.quit();
  await vi.advanceTimersByTimeAsync(9000);
  expect(app.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1000);
  await settled();
  expect(await asked).toMatchObject({ ok: true });
  expect(happened).toEqual(['drain', 'drain: not done after 10000 ms', 'leave']);
  expect(app.ended).toBe(1);
});

test('a restart drains and leaves before it has the app started again, and then ends (A3)', async () => {
  const { happened, drained, quitting } = running();
  quitting.restart(() => {
    happened.push('start again');
    return { ends: 'now' };
  }, unused);
  expect(quitting.isQuitting()).toBe(true);
  await settled();
  expect(app.ended).toBe(0);

  await drained();
  expect(happened).toEqual(['drain', 'leave', 'start again']);
  expect(app.ended).toBe(1);
});

test('a quit during the drain of a restart is a quit, and a restart during that of a quit none, which both are told', async () => {
  const { happened, drained, quitting } = running();
  const again = () => {
    happened.push('start again');
    return { ends: 'now' } as const;
  };
  const giveUp = (number: number) => () => happened.push(`gives up ${number}`);
  quitting.restart(again, giveUp(1));
  app.quit();
  app.quit();
  quitting.restart(again, giveUp(2));
  await drained();
  expect(happened).toEqual(['drain', 'gives up 1', 'gives up 2', 'leave']);
  expect(app.ended).toBe(1);
});

test('an installer that quits the app by itself may, after the drain', async () => {
  const { happened, drained, quitting } = running();
  quitting.restart(() => {
    happened.push('install');
    app.quit();
    return { ends: 'by-installer', otherwise: () => happened.push('start again') };
  }, unused);
  await drained();
  expect(happened).toEqual(['drain', 'leave', 'install']);
  expect(app.ended).toBe(1);
});

test('an installer that does not end the app within a minute is not waited for', async () => {
  const { happened, drained, quitting } = running();
  const finish = () =>
    ({ ends: 'by-installer', otherwise: () => happened.push('start again') }) as const;
  quitting.restart(finish, unused);
  await drained();
  expect(app.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(happened).toEqual(['drain', 'leave', 'start again']);
  expect(app.ended).toBe(1);
});

test('an app that cannot be started again ends nevertheless', async () => {
  const { happened, drained, quitting } = running();
  quitting.restart(() => {
    throw new Error('no such file');
  }, unused);
  await drained();
  expect(happened.at(-1)).toContain('restart: Error');
  expect(app.ended).toBe(1);
});
