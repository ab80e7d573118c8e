import { describe, expect, test } from 'vitest';
import { closedNotice, keepReachable, whenClosed } from '../../electron/edges/reachable.ts';
import { virtualClock } from '../support/clock.ts';

const started = () => {
  const time = virtualClock();
  let minimised = 0;
  const reachable = keepReachable(time.schedule, () => {
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

  test('the notice names the tray only where there is one', () => {
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

  test('an unknown tray host counts as none', async () => {
    const { time, reachable, minimised } = started();
    reachable.hostIs('unknown');
    await time.pass(30_000);
    expect(minimised()).toBe(1);
  });

  test('a tray host that appears in time is enough', async () => {
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

  test('a panel that goes away for good causes a minimised window, and one that restarts does not', async () => {
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
