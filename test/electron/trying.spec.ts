import { expect, test } from 'vitest';
import { kryptosSource, vezgoSource } from '../../bench/harness/deliveries.ts';
import { openNotificationServer } from '../../bench/harness/notification-server.ts';
import { openPrivateBus } from '../../bench/harness/private-bus.ts';
import { openInElectron } from '../support/electron.ts';

const openOn = (address: string) => openInElectron({ env: { DBUS_SESSION_BUS_ADDRESS: address } });

test('a new profile leads to a clicked notification with two clicks, in 10 seconds, and says that it worked', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  const startedAt = performance.now();
  await using app = await openOn(desktop.address);
  const page = app.page();
  let clicks = 0;

  await page.getByRole('button', { name: 'Try it now' }).click();
  clicks += 1;
  await expect.poll(() => server.notified.length).toBe(1);
  await page.getByRole('option', { name: /Binance could not sync/ }).waitFor();
  const [notification] = server.notified;
  server.press(notification?.id ?? 0, 'default');
  clicks += 1;

  const steps = page.getByRole('region', { name: 'Try it now' });
  await steps.getByText('It worked').waitFor();
  const seconds = (performance.now() - startedAt) / 1000;
  await page.getByRole('option', { name: /Binance could not sync/, selected: true }).waitFor();
  expect(await steps.getByLabel('Done').count()).toBe(5);
  await page.getByRole('heading', { name: 'Binance could not sync' }).waitFor();
  console.info(
    `from the start to the clicked notification: ${seconds.toFixed(1)} s, ${clicks} clicks`,
  );
  expect(clicks).toBeLessThanOrEqual(2);
  expect(seconds).toBeLessThan(10);
  expect(notification?.body).toContain('simulated');
});

test('a trial without a notification service names that step, and works when it is tried again', async () => {
  await using desktop = await openPrivateBus();
  await using app = await openOn(desktop.address);
  const steps = app.page().getByRole('region', { name: 'Try it now' });

  await app.page().getByRole('button', { name: 'Try it now' }).click();
  await steps.getByText('One step did not work').waitFor();
  await steps.getByText(/it has no notification service/).waitFor();
  expect(await steps.getByLabel('Done').count()).toBe(3);

  await using server = await openNotificationServer(desktop.address);
  await steps.getByRole('button', { name: 'Try again' }).click();
  await steps.getByText('Click the notification').waitFor({ timeout: 20_000 });
  expect(server.notified.length).toBeGreaterThan(0);
});

test('a silent notification service is named as the step that failed', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address, { manner: 'silent' });
  await using app = await openOn(desktop.address);

  await app.page().getByRole('button', { name: 'Try it now' }).click();
  await app
    .page()
    .getByText(/its notification service did not answer/)
    .waitFor();
  expect(server.calls.length).toBeGreaterThan(0);
});

test('a trial under a pause says so, and goes on where notifications are resumed there', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  await using app = await openOn(desktop.address);
  await app.ask('pause', { until: 'resumed' });
  const steps = app.page().getByRole('region', { name: 'Try it now' });

  await app.page().getByRole('button', { name: 'Try it now' }).click();
  await steps.getByText('Notifications are paused.').waitFor();
  expect(server.notified).toHaveLength(0);
  await steps.getByRole('button', { name: 'Resume notifications' }).click();
  await steps.getByText('Click the notification').waitFor();
  expect(server.notified).toHaveLength(1);
});

test('a test from the header notifies, and says that it did or why it did not', async () => {
  await using desktop = await openPrivateBus();
  await using server = await openNotificationServer(desktop.address);
  const sources = [kryptosSource('kryptos-waiting', { secrets: [] }), vezgoSource()];
  await using app = await openInElectron({
    provision: { sources },
    env: { DBUS_SESSION_BUS_ADDRESS: desktop.address },
  });
  const page = app.page();
  const send = async (name: string) => {
    await page.getByRole('button', { name: 'Send a test' }).first().click();
    await page.getByRole('menuitem', { name }).click();
  };
  const header = page.getByRole('banner');

  await send('Kryptos');
  await header.getByText('Test kept, and its notification was shown').waitFor();
  expect(server.notified).toMatchObject([{ title: 'Gains and losses are up to date' }]);
  await header.getByRole('button', { name: 'Test kept' }).click();
  await page.getByRole('heading', { name: 'Gains and losses are up to date' }).waitFor();
  await app.ask('pause', { until: 'resumed' });
  await send('Vezgo');
  await header.getByText('Test kept. Notifications are paused.').waitFor();
  expect(server.notified).toHaveLength(1);
});
