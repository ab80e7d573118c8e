import { expect, test } from 'vitest';
import {
  clientId,
  kryptosDelivery,
  kryptosSource,
  secrets,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { recorded } from '../support/fixtures.ts';
import { openInMemory } from '../support/memory.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();

const openWithOne = async () => {
  const app = await openInMemory({ provision: { sources: [kryptos, vezgo] } });
  const sent = kryptosDelivery(
    { id: 'whd_1', event: 'integration.failed', data: { walletId: 'w', note: kryptos.token } },
    kryptos,
  );
  const headers = {
    ...sent.headers,
    cookie: 'session=1',
    'x-via': `/hooks/kryptos/${kryptos.token}`,
  };
  await app.deliver({ ...sent, headers });
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', vezgo));
  return { app, sent };
};

test('a command of curl without signature holds nothing that proves or admits a sender (E7)', async () => {
  const { app, sent } = await openWithOne();
  await using _app = app;
  const signature = String(sent.headers?.['x-webhook-signature']);
  for (const seq of [1, 2]) {
    expect(await app.ask('copyCurl', { seq, form: 'without-signature' })).toBe(true);
    for (const value of [
      signature,
      kryptos.token,
      vezgo.token,
      secrets.kryptos,
      clientId,
      'session',
    ])
      expect(app.copied()).not.toContain(value);
    expect(app.copied()).toMatch(/^curl 'http:\/\/localhost:3000\/' \\\n/);
  }
});

test('one with signature holds it and goes to this computer; one to the own URL holds that too (E7)', async () => {
  const { app, sent } = await openWithOne();
  await using _app = app;
  const signature = String(sent.headers?.['x-webhook-signature']);
  await app.ask('copyCurl', { seq: 1, form: 'with-signature' });
  expect(app.copied()).toContain(`-H 'x-webhook-signature: ${signature}'`);
  expect(app.copied()).toContain(`--data-raw '${sent.body}'`);
  expect(app.copied()).toMatch(/^curl 'http:\/\/localhost:3000\/'/);

  await app.ask('copyCurl', { seq: 1, form: 'to-endpoint' });
  expect(app.copied()).toContain(`curl 'http://127.0.0.1:${app.port()}/hooks/kryptos/`);
  expect(app.copied()).toContain(`-H 'x-webhook-signature: ${signature}'`);
  expect(await app.ask('copyCurl', { seq: 9, form: 'to-endpoint' })).toBe(false);
});

test('an account that delivers again after a minute fails no more often, and no address is asked for', async () => {
  const strict = vezgoSource('vezgo-main', { allowedAddresses: ['127.0.0.1'] });
  await using app = await openInMemory({ provision: { sources: [strict] } });
  await app.deliver(recorded('vezgo/SyncError.LoginFailedError.json', strict));
  await app.clock.pass(600_000);
  const before = await app.ask('accounts', undefined);
  expect(await app.ask('deliverAgain', { seq: 1 })).toMatchObject({ code: 200 });
  expect(await app.ask('accounts', undefined)).toEqual(before);
  expect(app.screen.popped).toHaveLength(1);
});
