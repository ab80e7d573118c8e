import { expect, test } from 'vitest';
import { watchNetwork } from '../../electron/tunnel/network-watch.ts';
import { virtualClock } from '../support/clock.ts';

test.each<[string, string[], string[], string[]]>([
  ['nothing changes', ['192.0.2.1'], ['192.0.2.1'], []],
  ['only the order changes', ['192.0.2.1', '2001:db8::1'], ['2001:db8::1', '192.0.2.1'], []],
  ['a network comes', [], ['192.0.2.1'], ['gained']],
  ['a network goes', ['192.0.2.1'], [], ['lost']],
  ['one takes the place of another', ['192.0.2.1'], ['198.51.100.1'], ['lost']],
])('when %s, that is told once', async (_what, before, after, expected) => {
  const time = virtualClock();
  const told: string[] = [];
  let addresses = before;
  const stop = watchNetwork({
    schedule: time.schedule,
    addresses: () => addresses,
    onChange: (what) => told.push(what),
  });
  await time.pass(10_000);
  addresses = after;
  await time.pass(10_000);
  expect(told).toEqual(expected);
  stop();
  expect(time.waiting()).toBe(0);
});
