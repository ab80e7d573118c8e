import { describe, expect, test } from 'vitest';
import type { Parts } from './samples.ts';
import {
  credentials,
  delivery,
  eventFrom,
  factsOf,
  plainly,
  reading,
  sample,
  trusted,
  vezgo,
} from './samples.ts';

const clientId = '6gq7f1example0clientid';

describe('recorded deliveries', () => {
  const unexpected = 'Vezgo did not expect this failure. If it goes on, send Vezgo the account id';
  const unknown = 'The cause is unknown. If it goes on, send Vezgo the account id';

  test.each([
    [
      'SyncAccount',
      'sync.completed',
      'success',
      'Coinbase synced',
      'Balances and transactions are up to date',
      'working',
    ],
    [
      'SyncError.LoginFailedError',
      'sync.failed',
      'error',
      'Binance needs new sign-in details',
      'Reconnect the account: the saved details were refused',
      'failing',
    ],
    [
      'SyncError.SecurityQuestionError',
      'sync.failed',
      'error',
      'Kraken asks for a code or an answer',
      'Reconnect the account and answer the prompt',
      'failing',
    ],
    [
      'SyncError.TemporaryFailureError',
      'sync.failed',
      'warning',
      'Bitcoin could not sync for now',
      'Vezgo tries again by itself',
      'failing-for-now',
    ],
    [
      'SyncError.UnhandledConnectorError',
      'sync.failed',
      'warning',
      'Gemini could not sync',
      unexpected,
      'failing',
    ],
    [
      'SyncError.UnknownConnectorError',
      'sync.failed',
      'warning',
      'Ethereum could not sync',
      unknown,
      'failing',
    ],
  ])('Q8 %s is trusted and told as it is', (name, kind, severity, title, summary, health) => {
    const recorded = sample(`vezgo/${name}.json`);
    expect(vezgo.authenticate(recorded, credentials({ clientId }))).toEqual({
      status: 'trusted',
      clientId: 'matched',
      address: 'unknown',
    });

    const { reading } = vezgo.understand(recorded, trusted);
    expect(reading).toMatchObject({
      status: 'event',
      event: {
        type: name.split('.')[0],
        kind,
        severity,
        title,
        summary,
        occurredAt: null,
        account: { health },
      },
    });
  });
});

describe('the client id', () => {
  const sent = (...ids: string[]) =>
    vezgo.authenticate(
      delivery({ headers: ids.map((id) => ['X-Client-Id', id] as const) }),
      credentials({ clientId }),
    );

  test('A6 must be present once and match the source', () => {
    expect(sent(clientId).status).toBe('trusted');
    expect(sent()).toMatchObject({ reason: 'client-id-missing', answer: 401 });
    expect(sent('another')).toMatchObject({ reason: 'client-id-wrong', answer: 401 });
    expect(sent(clientId.toUpperCase())).toMatchObject({ reason: 'client-id-wrong', answer: 401 });
    expect(sent('')).toMatchObject({ reason: 'client-id-wrong', answer: 401 });
    expect(sent(clientId, clientId)).toMatchObject({ reason: 'client-id-wrong', answer: 401 });
  });

  test('is not required by a source without one', () => {
    expect(vezgo.authenticate(delivery({}), credentials())).toMatchObject({ clientId: 'not-used' });
  });
});

describe("the sender's address", () => {
  const published = '52.60.234.183';
  const judged = (
    allowedAddresses: string[] | null,
    from: Pick<Parts, 'senderAddress' | 'peerAddress'>,
  ) => {
    const verdict = vezgo.authenticate(delivery(from), credentials({ allowedAddresses }));
    return verdict.status === 'rejected'
      ? [verdict.reason, verdict.answer]
      : [verdict.status === 'trusted' && verdict.address];
  };
  const refused = ['address-not-allowed', 403];

  test.each([
    ['52.60.234.183', ['allowed']],
    ['52.60.240.87', ['allowed']],
    ['52.60.241.79', ['allowed']],
    ['52.60.242.161', ['allowed']],
    ['::ffff:52.60.234.183', ['allowed']],
    ['::FFFF:343C:EAB7', ['allowed']],
    ['0:0:0:0:0:ffff:52.60.234.183', ['allowed']],
    ['52.60.234.184', refused],
    ['52.60.234.183.evil.example', refused],
    ['052.60.234.183', refused],
    ['::52.60.234.183', refused],
    ['52.60.234.183, 6.6.6.6', refused],
    ['', refused],
    ['::', refused],
    [':::', refused],
    ['1:2:3:4:5:6:7:8:9', refused],
    [null, ['unknown']],
  ])('is checked against the published ones where it is known: %j', (senderAddress, outcome) => {
    expect(judged(null, { senderAddress })).toEqual(outcome);
  });

  test("is always checked against the person's list, as the peer's address without a proxy", () => {
    expect(judged(['10.0.0.1'], { senderAddress: '10.0.0.1' })).toEqual(['allowed']);
    expect(judged(['10.0.0.1'], { senderAddress: published })).toEqual(refused);
    expect(judged([published], { senderAddress: null, peerAddress: '127.0.0.1' })).toEqual(refused);
    expect(judged([published], { senderAddress: null, peerAddress: '' })).toEqual(refused);
    expect(judged(['127.0.0.1'], { senderAddress: null, peerAddress: '::ffff:127.0.0.1' })).toEqual(
      ['allowed'],
    );
    expect(judged(['127.0.0.1'], { senderAddress: '6.6.6.6', peerAddress: '127.0.0.1' })).toEqual(
      refused,
    );
  });

  test('may be listed in any spelling, and an invalid entry admits nobody', () => {
    expect(judged(['2001:DB8::1'], { senderAddress: '2001:0db8:0:0:0:0:0:1' })).toEqual([
      'allowed',
    ]);
    expect(judged([' 10.0.0.1 '], { senderAddress: '10.0.0.1' })).toEqual(['allowed']);
    expect(judged(['office'], { senderAddress: 'office' })).toEqual(refused);
  });

  test('is not checked with an empty list', () => {
    expect(judged([], { senderAddress: '6.6.6.6' })).toEqual(['not-used']);
  });

  test('is never taken from a header', () => {
    const headers = {
      'x-forwarded-for': published,
      'x-real-ip': published,
      forwarded: `for=${published}`,
    };
    const verdict = vezgo.authenticate(
      delivery({ headers, senderAddress: '6.6.6.6' }),
      credentials(),
    );
    expect(verdict).toMatchObject({ reason: 'address-not-allowed', detail: 'sent from 6.6.6.6' });
  });
});

describe('a hook', () => {
  const failure = (error: unknown, provider: unknown = 'coinbase') =>
    eventFrom(vezgo, { hook: 'SyncError', account: { id: 'a1', provider }, error });

  test.each([
    ['coinbase', 'Coinbase could not sync'],
    [{ name: 'coinbase', display_name: 'Coinbase Pro' }, 'Coinbase Pro could not sync'],
    [{ name: 'coinbase', display_name: '' }, 'Coinbase could not sync'],
    [{}, 'An account could not sync'],
    [null, 'An account could not sync'],
    [['coinbase'], 'An account could not sync'],
    [7, 'An account could not sync'],
  ])('may name its provider in text or as an object: %j', (provider, title) => {
    expect(failure('Other', provider).title).toBe(title);
  });

  test.each([
    ['RateLimitedError', 'RateLimitedError'],
    [{ name: 'RateLimitedError', message: 'Slow down' }, 'RateLimitedError: Slow down'],
    [{ message: 'Slow down' }, 'Slow down'],
    ['', 'No reason was given'],
    [null, 'No reason was given'],
    [undefined, 'No reason was given'],
    [{}, 'No reason was given'],
    [404, 'No reason was given'],
  ])('with another error or none is a failure all the same: %j', (error, summary) => {
    expect(failure(error)).toMatchObject({
      kind: 'sync.failed',
      title: 'Coinbase could not sync',
      summary,
      severity: 'warning',
      account: { id: 'a1', health: 'failing' },
    });
  });

  test('may have an error object', () => {
    const event = failure({ name: 'LoginFailedError', message: 'Invalid key' });
    expect(event).toMatchObject({ title: 'Coinbase needs new sign-in details', severity: 'error' });
    expect(factsOf(event, 'Message')).toEqual(['Invalid key']);
  });

  test('shows the login name only in its details and as the name of the owner', () => {
    const user = { id: 'u1', loginName: 'ana@example.com' };
    for (const hook of ['SyncAccount', 'SyncError']) {
      const event = eventFrom(vezgo, { hook, user, account: { id: 'a1', provider: 'kraken' } });
      expect(factsOf(event, 'Login name')).toEqual(['ana@example.com']);
      const { account, ...shown } = event;
      expect(account?.owner).toEqual({ id: 'u1', name: 'ana@example.com' });
      expect(JSON.stringify({ ...shown, facts: [] })).not.toContain('ana');
    }
  });

  test('needs only its name', () => {
    expect(eventFrom(vezgo, { hook: 'SyncAccount' })).toMatchObject({
      title: 'An account synced',
      account: null,
      facts: [],
    });
    expect(
      eventFrom(vezgo, { hook: 'SyncError', user: null, account: 'x', error: [] }),
    ).toMatchObject({ account: null });
  });

  test('accepts ids of any kind and length', () => {
    const event = eventFrom(vezgo, '{"hook":"SyncAccount","account":{"id":12345678901234567890}}');
    expect(event.account?.id).toBe('12345678901234567890');
    expect(event.facts).toContainEqual({
      form: 'code',
      label: 'Account id',
      value: '12345678901234567890',
    });
  });

  test.each([
    [{ hook: 'connection.synced' }, 'connection.synced'],
    [{ hook: 'syncaccount' }, 'syncaccount'],
    [{ hook: null }, null],
    [{ hook: 5 }, null],
    [{}, null],
    [{ hook: 'SyncInstitution', institution: { id: 'i1', name: 'Bank' } }, 'SyncInstitution'],
    [{ hook: 'SyncError', institution: { id: 'i1' }, error: 'LoginFailedError' }, 'SyncError'],
  ])('A9 that nobody documented is kept as not understood: %j', (body, type) => {
    expect(reading(vezgo, body, trusted)).toEqual({ status: 'unrecognized', type });
  });

  test.each(['', 'not JSON', '[]', '{ hook: "SyncAccount", user: { id, loginName } }'])(
    'A8 that is no JSON object is unreadable, the sketch in the documentation too: %j',
    (body) => {
      expect(reading(vezgo, body, trusted)).toMatchObject({ status: 'unreadable' });
    },
  );
});

test('R10 the same bytes are a duplicate within a minute, and a new delivery the next day', () => {
  const keys = (body: string) => vezgo.understand(delivery({ body }), trusted).idempotencyKeys;
  expect(keys('{"hook":"SyncAccount"}')).toEqual(keys('{"hook":"SyncAccount"}'));
  expect(keys('{"hook":"SyncAccount"}')[0].id).not.toBe(keys('{"hook":"SyncAccount"} ')[0].id);
  expect(keys('{}')[0].withinMs).toBe(60_000);
});

test('an explanation says that the delivery is unsigned, and what was not checked', () => {
  const { checked, unproven } = vezgo.explain(
    { status: 'trusted', clientId: 'matched', address: 'unknown' },
    plainly,
  );
  expect(checked).toEqual([
    'The token in the URL is right.',
    'The client id was the one of this source.',
  ]);
  expect(unproven.join(' ')).toContain('Not signed by the provider');
  expect(unproven.join(' ')).toContain('address was not checked');
});

test('an explanation of a simulated delivery does not say that the address check is off', () => {
  const unprovenOf = (simulated: boolean) =>
    vezgo
      .explain(
        { status: 'trusted', clientId: 'matched', address: 'not-used' },
        { event: null, simulated },
      )
      .unproven.join(' ');
  expect(unprovenOf(true)).toContain("Hookbell's own simulator sent it");
  expect(unprovenOf(true)).not.toContain('check was off');
  expect(unprovenOf(false)).toContain('check was off');
});
