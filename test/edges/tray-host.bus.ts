import { expect, test } from 'vitest';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { schedule } from '../../electron/edges/clock.ts';
import { openSessionBus } from '../../electron/edges/session-bus.ts';
import { watchTrayHost } from '../../electron/edges/tray-host.ts';
import { openTrayHost } from '../support/tray.ts';

const watching = (address: string) => {
  const bus = openSessionBus(schedule, () => {}, address);
  const told: string[] = [];
  watchTrayHost(bus, schedule, (host) => told.push(host));
  return { told, [Symbol.dispose]: bus.close };
};

test('a tray host is reported when it is present, goes and returns (T2)', async () => {
  await using desktop = await openPrivateBus();
  const first = await openTrayHost({ address: desktop.address });
  using watch = watching(desktop.address);
  await expect.poll(() => watch.told).toEqual(['present']);
  await first.close();
  await expect.poll(() => watch.told).toEqual(['present', 'absent']);
  using _second = await openTrayHost({ address: desktop.address });
  await expect.poll(() => watch.told).toEqual(['present', 'absent', 'present']);
});

test('a late tray host is reported, and a watcher without a host is absent (T2)', async () => {
  await using desktop = await openPrivateBus();
  using watch = watching(desktop.address);
  await expect.poll(() => watch.told).toEqual(['absent']);
  using tray = await openTrayHost({ address: desktop.address, hosted: false });
  await expect.poll(() => watch.told.length).toBe(2);
  tray.host(true);
  await expect.poll(() => watch.told.at(-1)).toBe('present');
  tray.host(false);
  await expect.poll(() => watch.told.at(-1)).toBe('absent');
});

test('a watcher that does not answer is unknown (T2, P8)', async () => {
  await using desktop = await openPrivateBus();
  using _tray = await openTrayHost({ address: desktop.address, silent: true });
  using watch = watching(desktop.address);
  await expect.poll(() => watch.told).toEqual(['unknown']);
});

test('a desktop without a bus has no tray, until the bus is there (T2)', async () => {
  await using desktop = await openPrivateBus();
  await desktop.stop();
  using watch = watching(desktop.address);
  await expect.poll(() => watch.told).toEqual(['absent']);
  await desktop.start();
  using _tray = await openTrayHost({ address: desktop.address });
  await expect.poll(() => watch.told.at(-1)).toBe('present');
});
