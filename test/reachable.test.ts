import { describe, expect, test } from 'vitest';
import { closedNotice, keepReachable, whenClosed } from '../electron/reachable.ts';
import { virtualTime } from './support/virtual-time.ts';

const started = () => {
  const time = virtualTime();
  let minimised = 0;
  const reachable = keepReachable(time.later, () => {
    minimised += 1;
    reachable.windowIs(true);
  });
  return { time, reachable, minimised: () => minimised };
};

describe('closing the window (T2)', () => {
  test.each([
    ['present', 'destroy'],
    ['absent', 'minimise'],
    ['unknown', 'minimise'],
  ] as const)('with a tray host that is %s: %s', (host, expected) => {
    expect(whenClosed(host)).toBe(expected);
  });

  test('the tray is named only where there is one', () => {
    expect(closedNotice('destroy').body).toContain('stays in the tray');
    expect(closedNotice('minimise').body).toMatch(/no tray.*minimised/);
  });
});

describe('a person can always reach the app (T2)', () => {
  test('a hidden start without a tray host ends in one minimised window after 30 s', async () => {
    const { time, reachable, minimised } = started();
    reachable.hostIs('absent');
    await time.pass(29_999);
    expect(minimised()).toBe(0);
    await time.pass(1);
    expect(minimised()).toBe(1);
    await time.pass(600_000);
    expect(minimised()).toBe(1);
  });

  test('a tray host that nobody can answer for is none', async () => {
    const { time, reachable, minimised } = started();
    reachable.hostIs('unknown');
    await time.pass(30_000);
    expect(minimised()).toBe(1);
  });

  test('a tray host that comes in time is enough', async () => {
    const { time, reachable, minimised } = started();
    reachable.hostIs('absent');
    await time.pass(29_000);
    reachable.hostIs('present');
    await time.pass(600_000);
    expect(minimised()).toBe(0);
  });

  test('a window is enough, and once it is gone the 30 s begin', async () => {
    const { time, reachable, minimised } = started();
    reachable.windowIs(true);
    await time.pass(600_000);
    reachable.windowIs(false);
    await time.pass(29_999);
    expect(minimised()).toBe(0);
    await time.pass(1);
    expect(minimised()).toBe(1);
  });

  test('a panel that goes away for good leaves a minimised window, and one that restarts does not', async () => {
    const { time, reachable, minimised } = started();
    reachable.hostIs('present');
    reachable.hostIs('absent');
    await time.pass(5000);
    reachable.hostIs('present');
    await time.pass(600_000);
    expect(minimised()).toBe(0);
    reachable.hostIs('absent');
    await time.pass(30_000);
    expect(minimised()).toBe(1);
  });
});
