import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drainBeforeQuit } from '../../electron/edges/quitting.ts';

/** As Electron's: it ends at once unless whoever hears `before-quit` prevents it. */
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

/** An app whose drain ends when it is told to. */
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

const settled = async () => {
  await setImmediate();
  await setImmediate();
};

test('who asks to quit again while everything is saved does not cut that short', async () => {
  const { happened, drained } = running();
  app.quit();
  app.quit();
  await settled();
  expect(app.ended).toBe(0);

  await drained();
  expect(happened).toEqual(['drain', 'leave']);
  expect(app.ended).toBe(1);
});

test('everyone who asked to quit hears when it is done, before the app ends', async () => {
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

test('an app that cannot save everything can be quit all the same', async () => {
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
