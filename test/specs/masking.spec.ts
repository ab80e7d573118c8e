import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  clientId,
  kryptosDelivery,
  kryptosSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';
import { openApp } from '../support/app.ts';
import type { TestApp } from '../support/test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const secret = kryptos.secrets?.[0] ?? '';
const provision = { sources: [kryptos, vezgo] };
const encoded = (text: string) =>
  text.replace(/[^a-z0-9]/gi, (one) => `%${one.charCodeAt(0).toString(16)}`);

/** What proxies, relays and curious senders add to a request. */
const leaking = {
  'X-Original-URI': `/hooks/kryptos/${kryptos.token}?a=b`,
  'X-Forwarded-Uri': `/hooks/kryptos/${encoded(kryptos.token)}`,
  'X-Rewrite-Url': `https://relay.example/?to=${encodeURIComponent(`http://127.0.0.1/hooks/vezgo/${vezgo.token}`)}`,
  'X-Debug': `secret="${secret}"; client=${clientId}`,
  'X-Webhook-Event': `integration.failed ${kryptos.token}`,
  [`X-${clientId}`]: '1',
};
const hidden = [kryptos.token, vezgo.token, encoded(kryptos.token), secret, clientId];

const failed = (sign: string): Sent => {
  const sent = kryptosDelivery(
    {
      ...{ id: 'whd_1', event: 'integration.failed' },
      data: { walletId: 'w', providerPublicName: 'Kraken' },
      sentTo: `https://relay.example/hooks/kryptos/${kryptos.token}`,
    },
    kryptos,
    sign,
  );
  return { ...sent, headers: { ...sent.headers, ...leaking } };
};

const everythingShown = async (app: TestApp): Promise<string> => {
  const files = ['all.jsonl', 'all.csv'].map((name) => join(app.folder, name));
  const [lines = '', table = ''] = files;
  await app.choose(lines);
  await app.ask('exportHistory', { format: 'jsonl' });
  await app.choose(table);
  await app.ask('exportHistory', { format: 'csv' });
  const shown = [
    await app.ask('entry', { seq: 1 }),
    await app.ask('quarantine', { before: null }),
    ...files.map((file) => readFileSync(file, 'utf8')),
  ];
  return JSON.stringify(shown);
};

test('tokens, secrets and client ids are masked by value in any header, body and detail, in the window and in exports (E7)', async () => {
  await using app = await openApp({ provision });
  expect((await app.deliver(failed(secret))).status).toBe(200);
  expect((await app.deliver(failed('a wrong secret'))).status).toBe(401);

  const shown = await everythingShown(app);
  for (const value of hidden) expect(shown).not.toContain(value);
  const detail = await app.ask('entry', { seq: 1 });
  expect(detail?.headers).toContainEqual({
    ...{ name: 'X-Original-URI', value: '/hooks/kryptos/(masked)?a=b', masked: false },
  });
  expect(detail?.headers).toContainEqual({
    ...{ name: 'x-webhook-signature', value: '', masked: true },
  });
  expect(await app.ask('quarantine', { before: null })).toHaveLength(1);
});

test('a replaced token stays masked, in deliveries from before and after (E7)', async () => {
  await using app = await openApp({ provision });
  await app.deliver(failed(secret));
  await app.ask('replaceToken', { id: kryptos.id, withoutKeyring: true });
  const shown = await everythingShown(app);
  expect(shown).not.toContain(kryptos.token);
});
