import { expect, test } from 'vitest';
import { openApp, timelineOf } from '../support/app.ts';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  recorded,
  vezgoSource,
} from '../support/deliveries.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const provision = { sources: [kryptos, vezgo] };

const integration = (event: string, status: string, id: string) =>
  kryptosDelivery(
    {
      id,
      event,
      data: {
        uid: 'user_1',
        provider: 'binance',
        providerPublicName: 'Binance',
        walletId: 'wallet_1',
        status,
        totalTransactions: 3,
      },
    },
    kryptos,
  );

test('an account that keeps failing is told once, and once more when it works again', async () => {
  await using app = await openApp({ provision });

  await app.deliver(integration('integration.failed', 'FAILED', 'whd_1'));
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_2'));
  await expect
    .poll(async () => (await app.ask('state', undefined)).problems)
    .toContainEqual(
      expect.objectContaining({ code: 'account-failing', account: 'Binance', seq: 1 }),
    );
  await app.restart();
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_3'));
  await app.deliver(integration('integration.updated', 'COMPLETED', 'whd_4'));

  await expect
    .poll(async () => (await app.notifications()).map(({ title }) => title))
    .toEqual(['Binance could not sync', 'Binance works again']);
  expect((await timelineOf(app)).map(({ notification }) => notification?.shown)).toEqual([
    true,
    false,
    false,
    true,
  ]);
  await expect
    .poll(async () => (await app.ask('state', undefined)).problems.map(({ code }) => code))
    .not.toContain('account-failing');
});

test("Vezgo's temporary failure is told from the third in a row", async () => {
  await using app = await openApp({
    provision: { sources: [1, 2, 3].map((n) => vezgoSource(`vezgo-${n}`)) },
  });
  const failing = (source: string) =>
    recorded('vezgo/SyncError.TemporaryFailureError.json', vezgoSource(source));
  const body = (sent: ReturnType<typeof failing>, spaces: number) => ({
    ...sent,
    body: `${sent.body}${' '.repeat(spaces)}`,
  });

  for (const spaces of [0, 1, 2]) await app.deliver(body(failing('vezgo-1'), spaces));
  await app.deliver(failing('vezgo-2'));

  await expect.poll(async () => (await app.notifications()).length).toBe(1);
  await expect
    .poll(async () => (await timelineOf(app)).map(({ notification }) => notification?.shown))
    .toEqual([false, true, false, false]);
});

test('three deliveries in a row that are not believed are told with the likely cause, and never enter the timeline', async () => {
  await using app = await openApp({ provision });

  for (const id of ['whd_1', 'whd_2', 'whd_3', 'whd_4']) {
    await app.deliver(costBasisCompleted(kryptos, { id, secret: 'rotated' }));
  }
  await expect
    .poll(() => app.notifications())
    .toEqual([
      {
        title: 'Deliveries for Kryptos fail the signature check',
        body: '3 with a wrong signature. Was the secret rotated?\nKryptos',
      },
    ]);
  await expect
    .poll(async () => (await app.ask('state', undefined)).problems)
    .toContainEqual(
      expect.objectContaining({
        ...{ code: 'deliveries-rejected', sourceId: kryptos.id },
        reasons: [{ reason: 'signature-wrong', times: 4 }],
      }),
    );
  expect(await timelineOf(app)).toEqual([]);

  await app.deliver(costBasisCompleted(kryptos));
  await expect
    .poll(async () => (await app.ask('state', undefined)).problems.map(({ code }) => code))
    .not.toContain('deliveries-rejected');
});

test('a notification tells no more than the person allows', async () => {
  await using app = await openApp({
    provision: { ...provision, notifications: { detail: 'type-only' } },
  });

  await app.deliver(costBasisCompleted(kryptos));
  await expect
    .poll(() => app.notifications())
    .toEqual([{ title: 'Cost basis completed', body: 'Kryptos' }]);

  await app.ask('changePreferences', { notificationDetail: 'new-event' });
  await app.deliver(integration('integration.failed', 'FAILED', 'whd_1'));
  await expect
    .poll(async () => (await app.notifications()).at(-1))
    .toEqual({ title: 'New event', body: '' });
});

test("a stranger's text is plain text on the screen, never markup (N4, P6)", async () => {
  await using app = await openApp({ provision });

  await app.deliver(
    kryptosDelivery(
      {
        id: 'whd_1',
        event: 'integration.failed',
        data: {
          providerPublicName: '<b>B&B</b>\u202e',
          walletId: 'w',
          errorMessage: '<a href="https://evil.example">click & pay</a>\n\u0007',
        },
      },
      kryptos,
    ),
  );

  await expect
    .poll(async () =>
      (await app.notifications()).map(({ title, body }) => [title, unescaped(body)]),
    )
    .toEqual([
      ['<b>B&B</b> could not sync', '<a href="https://evil.example">click & pay</a>\nKryptos'],
    ]);
});

/** The daemon reports a body as it was given, in markup; in memory it is plain. */
const unescaped = (body: string) =>
  body.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
