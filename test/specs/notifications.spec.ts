import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  secrets,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { recorded } from '../support/fixtures.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const other = kryptosSource('kryptos-other', { name: 'Other' });
const provision = { sources: [kryptos, vezgo, other] };

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
    .poll(async () => (await app.ask('state', undefined)).conditions.map(({ reason }) => reason))
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
    .poll(async () =>
      (await app.ask('state', undefined)).conditions
        .map(({ reason }) => reason)
        .map(({ code }) => code),
    )
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

test('three deliveries in a row that are not believed are told once with the likely cause, and never enter the timeline', async () => {
  await using app = await openApp({ provision });

  const forged = (id: string) =>
    app.deliver(costBasisCompleted(kryptos, { id, secret: 'rotated' }));
  const title = 'Deliveries for Kryptos fail the signature check';
  for (const id of ['whd_1', 'whd_2', 'whd_3']) await forged(id);
  await expect
    .poll(() => app.notifications())
    .toEqual([{ title, body: '3 with a wrong signature. Was the secret rotated?\nKryptos' }]);
  await forged('whd_4');
  await expect
    .poll(async () => (await app.ask('state', undefined)).conditions.map(({ reason }) => reason))
    .toContainEqual(
      expect.objectContaining({
        ...{ code: 'deliveries-rejected', sourceId: kryptos.id },
        reasons: [{ reason: 'signature-wrong', times: 4 }],
      }),
    );
  expect((await app.notifications()).map((shown) => shown.title)).toEqual([title]);
  expect(await timelineOf(app)).toEqual([]);

  await app.deliver(costBasisCompleted(kryptos));
  await expect
    .poll(async () =>
      (await app.ask('state', undefined)).conditions
        .map(({ reason }) => reason)
        .map(({ code }) => code),
    )
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

const failing = (account: string, more: object = {}, source = kryptos) =>
  kryptosDelivery(
    {
      id: `whd_${account}`,
      event: 'integration.failed',
      data: { providerPublicName: account, walletId: account, status: 'FAILED', ...more },
    },
    source,
    secrets.kryptos,
  );
const titlesOf = async (app: TestApp) => (await app.notifications()).map(({ title }) => title);

test.each(['restart', 'killAndRestart'] as const)(
  'what waited to be told when the app ended is told once after the next start: %s (N7, A3)',
  async (end) => {
    await using app = await openApp({ provision });
    // The second and third wait, to be counted with the first.
    for (const account of ['Binance', 'Kraken', 'Gemini'])
      expect((await app.deliver(failing(account))).status).toBe(200);
    await expect.poll(() => titlesOf(app)).toEqual(['Binance could not sync']);
    await app[end]();

    const told = ['Binance could not sync', '2 events from before Hookbell ended'];
    await expect.poll(() => titlesOf(app)).toEqual(told);
    await expect
      .poll(async () => (await timelineOf(app)).map(({ notification }) => notification?.why))
      .toEqual([
        ...Array.from({ length: 2 }, () =>
          expect.stringContaining('part of a digest of 2 after the app was started again'),
        ),
        expect.stringContaining('once per account'),
      ]);
    await app[end]();
    await app.deliver(failing('Bitstamp', {}, other));
    await expect.poll(() => titlesOf(app)).toEqual([...told, 'Bitstamp could not sync']);
  },
);

test('what was imported, or came out of the quarantine, is not announced after a crash either (N7)', async () => {
  let lines = '';
  {
    await using app = await openApp({ provision });
    await app.deliver(failing('Binance'));
    const file = join(app.folder, 'all.jsonl');
    await app.choose(file);
    await app.ask('exportHistory', { format: 'jsonl' });
    lines = readFileSync(file, 'utf8');
  }
  const rotated = kryptosSource('kryptos-rotated', { secrets: ['the older one'] });
  await using app = await openApp({ provision: { sources: [kryptos, rotated] } });
  const file = join(app.folder, 'all.jsonl');
  writeFileSync(file, lines.replace(/"notification":{[^}]*},/, ''));
  await app.choose(file);
  expect(await app.ask('importHistory', undefined)).toMatchObject({ entries: 1 });
  expect((await app.deliver(failing('Kraken', {}, rotated))).status).toBe(401);
  await app.ask('changeSource', {
    change: { id: rotated.id, secrets: [secrets.kryptos] },
    withoutKeyring: true,
  });
  await expect.poll(() => titlesOf(app)).toEqual(['1 delivery is believed after all']);

  await app.killAndRestart();
  await app.deliver(failing('Gemini'));
  await expect
    .poll(() => titlesOf(app))
    .toEqual(['1 delivery is believed after all', 'Gemini could not sync']);
});

test('no e-mail address is in a notification, and a long name leaves the sentence whole (N5)', async () => {
  await using app = await openApp({ provision });
  const long = 'The account that ann.example@mail.example.com has had since the very beginning';
  await app.deliver(failing(long, { errorMessage: `bob@example.com: ${'refused '.repeat(60)}` }));
  await expect.poll(() => titlesOf(app)).toHaveLength(1);
  await app.deliver(
    kryptosDelivery(
      {
        id: 'whd_again',
        event: 'integration.updated',
        data: { providerPublicName: long, walletId: long, status: 'COMPLETED' },
      },
      kryptos,
    ),
  );
  await expect
    .poll(() => titlesOf(app))
    .toEqual([
      'The account that (e-mail hidden) has ha… could not sync',
      'The account that (e-mail hidden) has ha… works again',
    ]);
  const [failed] = await app.notifications();
  expect(failed?.body).toMatch(/^\(e-mail hidden\): refused .*…\nKryptos$/);
  expect(failed?.body.length).toBeLessThanOrEqual(240);
});

/** The daemon reports a body as it was given, in markup; in memory it is plain. */
const unescaped = (body: string) =>
  body.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
