import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kryptosSignature, secrets } from '../../bench/harness/deliveries.ts';
import {
  credentials,
  delivery,
  eventFrom,
  factsOf,
  kryptos,
  plainly,
  reading,
  sample,
  trusted,
  verified,
} from './samples.ts';

const secret = secrets.kryptos;
const ours = credentials({ secrets: [secret] });
const signatureOf = (body: string | Uint8Array, key = secret) => kryptosSignature(body, key);

const signed = (body: string | Uint8Array, signature = signatureOf(body)) =>
  delivery({ body, headers: { 'X-Webhook-Signature': signature } });

const integration = (event: string, data: object = {}, envelope: object = {}) => ({
  id: 'whd_1',
  event,
  timestamp: '2026-02-20T18:02:11.305Z',
  ...envelope,
  data: { providerPublicName: 'Binance', walletId: 'w1', ...data },
});

describe('recorded deliveries', () => {
  test.each([
    [
      'integration.created',
      'connection.added',
      'info',
      'Binance connected',
      'Main Trading Account - exchange - via API',
      'unchanged',
    ],
    [
      'integration.created.later-envelope',
      'connection.added',
      'info',
      'Binance connected',
      'Main Trading Account - exchange - via API',
      'unchanged',
    ],
    [
      'integration.updated',
      'sync.completed',
      'success',
      'Binance synced',
      '1542 transactions in all',
      'working',
    ],
    [
      'integration.deleted',
      'connection.removed',
      'info',
      'Ethereum removed',
      'DeFi Wallet',
      'removed',
    ],
    [
      'integration.failed',
      'sync.failed',
      'error',
      'Kraken could not sync',
      'Kryptos gave no reason',
      'failing',
    ],
    [
      'integration.failed.later-envelope',
      'sync.failed',
      'error',
      'Kraken could not sync',
      'API key was rejected by the exchange',
      'failing',
    ],
    [
      'integration.failed.message-only',
      'sync.failed',
      'error',
      'Gemini could not sync',
      "The plan's transaction limit is reached: raise it in Kryptos, then sync again",
      'failing',
    ],
    [
      'integration.failed.stage-message',
      'sync.failed',
      'error',
      'Gemini could not sync',
      'The exchange did not answer',
      'failing',
    ],
    [
      'integration.deleted.failed',
      'removal.failed',
      'warning',
      'Gemini could not be removed',
      'The connection could not be wiped',
      'unchanged',
    ],
    [
      'integration.updated.v2-status',
      'sync.completed',
      'warning',
      'Gemini synced in part',
      '',
      'unchanged',
    ],
    [
      'integration.updated.seconds',
      'sync.completed',
      'success',
      'Gemini synced',
      '412 transactions in all',
      'working',
    ],
    [
      'costbasis.completed.first-grant',
      'costbasis.completed',
      'success',
      'Gains and losses are up to date',
      '',
      undefined,
    ],
    [
      'costbasis.completed.second-grant',
      'costbasis.completed',
      'success',
      'Gains and losses are up to date',
      '',
      undefined,
    ],
    [
      'transfer_detection.started',
      'run.started',
      'info',
      'Looking for transfers between your own accounts',
      '',
      undefined,
    ],
    [
      'transfer_detection.completed',
      'transfers.completed',
      'success',
      'Transfers between your own accounts matched',
      '',
      undefined,
    ],
    [
      'transfer_detection.failed',
      'run.failed',
      'error',
      'Matching transfers failed',
      'Timed out while matching transfers',
      undefined,
    ],
    ['costbasis.started', 'run.started', 'info', 'Working out gains and losses', '', undefined],
    [
      'costbasis.completed',
      'costbasis.completed',
      'success',
      'Gains and losses are up to date',
      '',
      undefined,
    ],
    [
      'costbasis.completed.later-envelope',
      'costbasis.completed',
      'success',
      'Gains and losses are up to date',
      '',
      undefined,
    ],
    [
      'costbasis.failed',
      'run.failed',
      'error',
      'Gains and losses could not be worked out',
      'Missing prices for 3 assets',
      undefined,
    ],
  ])('Q8 %s is verified and told as it is', (name, kind, severity, title, summary, health) => {
    const recorded = sample(`kryptos/${name}.json`);
    expect(kryptos.authenticate(recorded, ours)).toEqual({ status: 'verified', secret: 0 });

    const { reading, facts } = kryptos.understand(recorded, verified);
    expect(reading).toMatchObject({
      status: 'event',
      event: { type: name.split('.').slice(0, 2).join('.'), kind, severity, title, summary },
    });
    if (reading.status !== 'event') return;
    expect(reading.event.account?.health).toBe(health);
    expect(reading.event).not.toHaveProperty('shortTitle');
    expect(factsOf({ facts: facts() }, 'Note')).toEqual([]);
  });
});

describe('the signature', () => {
  const body = '{"id":"whd_1"}';

  test("Q8 of either secret is accepted, and the proof has the secret's index", () => {
    const both = credentials({ secrets: ['new', 'old'] });
    expect(kryptos.authenticate(signed(body, signatureOf(body, 'new')), both)).toEqual({
      status: 'verified',
      secret: 0,
    });
    expect(kryptos.authenticate(signed(body, signatureOf(body, 'old')), both)).toEqual({
      status: 'verified',
      secret: 1,
    });
  });

  test('may be spelled in either letter case', () => {
    expect(kryptos.authenticate(signed(body, signatureOf(body).toUpperCase()), ours).status).toBe(
      'verified',
    );
  });

  test('is accepted in any spelling of its header', () => {
    const headers = { 'x-WEBHOOK-signature': signatureOf(body) };
    expect(kryptos.authenticate(delivery({ body, headers }), ours).status).toBe('verified');
  });

  test('Q8 covers bytes that are not UTF-8, and an empty body', () => {
    for (const bytes of [Uint8Array.from([0xff, 0x00, 0xc3]), new Uint8Array()]) {
      expect(kryptos.authenticate(signed(bytes), ours).status).toBe('verified');
    }
  });

  test('Q8 of another secret, or of another body, is wrong', () => {
    for (const forged of [
      signed(body, signatureOf(body, 'guessed')),
      signed(`${body} `, signatureOf(body)),
    ]) {
      expect(kryptos.authenticate(forged, ours)).toEqual({
        status: 'rejected',
        reason: 'signature-wrong',
        answer: 401,
      });
    }
  });

  test('uses the secret verbatim, even when it begins with whsec_', () => {
    const decoded = Buffer.from(secret.slice(6), 'base64');
    const forged = kryptosSignature(body, decoded);
    expect(kryptos.authenticate(signed(body, forged), ours)).toMatchObject({
      reason: 'signature-wrong',
    });
  });

  test.each([
    ['too short', 'ab'],
    ['empty', ''],
    ['one digit short', signatureOf('').slice(1)],
    ['one digit long', `${signatureOf('')}0`],
    ['not hex', 'g'.repeat(64)],
    ['64 characters that are no digits', 'é'.repeat(64)],
    ['prefixed', `sha256=${signatureOf('')}`],
  ])('A6 that is %s is refused without an exception', (_, signature) => {
    expect(kryptos.authenticate(signed('', signature), ours)).toMatchObject({
      status: 'rejected',
      reason: 'signature-malformed',
      answer: 401,
    });
  });

  test('A6 is reported when it is missing', () => {
    expect(kryptos.authenticate(delivery({ body }), ours)).toMatchObject({
      reason: 'signature-missing',
      answer: 401,
    });
  });

  test('A6 is rejected when it is present twice, even when both are right', () => {
    const line = ['X-Webhook-Signature', signatureOf(body)] as const;
    expect(kryptos.authenticate(delivery({ body, headers: [line, line] }), ours)).toMatchObject({
      reason: 'signature-malformed',
      answer: 401,
    });
  });

  test('proves nothing to a source without a secret', () => {
    expect(kryptos.authenticate(signed(body), credentials())).toMatchObject({
      reason: 'secret-not-set',
      answer: 401,
    });
  });
});

describe('a connection', () => {
  test.each([
    [
      'COMPLETED',
      'Binance synced',
      '7 transactions in all',
      'success',
      'working',
      'sync.completed',
    ],
    [
      'completed',
      'Binance synced',
      '7 transactions in all',
      'success',
      'working',
      'sync.completed',
    ],
    ['QUEUED', 'Binance is syncing', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['ONGOING', 'Binance is syncing', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['Syncing', 'Binance is syncing', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['active', 'Binance changed', 'Savings', 'info', 'unchanged', 'sync.completed'],
    [
      'PARTIALLY SYNCED',
      'Binance synced in part',
      'Savings',
      'warning',
      'unchanged',
      'sync.completed',
    ],
    ['INACTIVE', 'Binance is switched off', 'Savings', 'warning', 'unchanged', 'sync.completed'],
    [
      'failed',
      'Binance could not sync',
      'Kryptos gave no reason',
      'error',
      'failing',
      'sync.failed',
    ],
    ['in_progress', 'Binance is syncing', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['In-Progress', 'Binance is syncing', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['pending', 'Binance is waiting to sync', 'Savings', 'info', 'unchanged', 'sync.completed'],
    [
      'partially_synced',
      'Binance synced in part',
      'Savings',
      'warning',
      'unchanged',
      'sync.completed',
    ],
    [
      'cancelled',
      'The sync of Binance was cancelled',
      'Savings',
      'info',
      'unchanged',
      'sync.completed',
    ],
    ['suspended', 'Binance is suspended', 'Savings', 'warning', 'unchanged', 'sync.completed'],
    [
      'error',
      'Binance could not sync',
      'Kryptos gave no reason',
      'error',
      'failing',
      'sync.failed',
    ],
    ['DELETING', 'Binance is being removed', 'Savings', 'info', 'unchanged', 'connection.removed'],
    ['DELETED', 'Binance removed', 'Savings', 'info', 'removed', 'connection.removed'],
    ['on_hold', 'Binance changed', 'Savings', 'info', 'unchanged', 'sync.completed'],
    ['', 'Binance changed', 'Savings', 'info', 'unchanged', 'sync.completed'],
    [null, 'Binance changed', 'Savings', 'info', 'unchanged', 'sync.completed'],
  ])(
    'that is updated to %j is told by its status',
    (status, title, summary, severity, health, kind) => {
      const event = eventFrom(
        kryptos,
        integration('integration.updated', { status, alias: 'Savings', totalTransactions: 7 }),
      );
      expect(event).toMatchObject({ title, summary, severity, kind, account: { health } });
    },
  );

  test('shows a status nobody named as it was sent, in the details alone', () => {
    const event = eventFrom(kryptos, integration('integration.updated', { status: 'on_hold' }));
    expect(factsOf(event, 'Status')).toEqual(['on_hold']);
    expect(event.title + event.summary).not.toContain('on_hold');
  });

  test('stays with its health when it could not be removed, with the reason', () => {
    for (const status of ['FAILED', 'failed', 'error'])
      expect(
        eventFrom(kryptos, integration('integration.deleted', { status, message: 'Locked' })),
      ).toMatchObject({
        title: 'Binance could not be removed',
        summary: 'Locked',
        severity: 'warning',
        kind: 'removal.failed',
        account: { health: 'unchanged' },
      });
  });

  test.each([
    [{ errorMessage: 'one', message: 'two' }, 'one'],
    [{ errorMessage: '', message: 'two', lastSyncLog: 'four' }, 'two'],
    [
      {
        lastSyncLogDetails: {
          balances: { status: 'completed', message: 'fine' },
          deposits: { status: 'failed', message: '' },
          trades: { status: 'FAILED', message: 'three' },
        },
        lastSyncLog: 'four',
      },
      'three',
    ],
    [{ lastSyncLogDetails: [{ status: 'failed', message: 'three' }] }, 'three'],
    [{ lastSyncLogDetails: 'no stages', lastSyncLog: 'four' }, 'four'],
    [{ errorMessage: 5, message: [], lastSyncLogDetails: null }, 'Kryptos gave no reason'],
    [
      { message: 'Limit', limitExceeded: true },
      "The plan's transaction limit is reached: raise it in Kryptos, then sync again",
    ],
  ])('that failed says why, in the order of the places for it: %j', (data, reason) => {
    expect(eventFrom(kryptos, integration('integration.failed', data)).summary).toBe(reason);
  });

  test.each([
    [1_767_225_600_000, '2026-01-01T00:00:00.000Z'],
    ['1767225600000', '2026-01-01T00:00:00.000Z'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    [1_767_225_600, '2026-01-01T00:00:00.000Z'],
    [Date.UTC(2026, 1, 20, 23) / 1000, '2026-02-20T23:00:00.000Z'],
    [Date.UTC(2026, 1, 21, 1) / 1000, null],
    [Date.UTC(2008, 5, 1), null],
    [86_400, null],
    ['soon', null],
  ])('has a time in milliseconds, seconds or ISO 8601, or none: %j', (lastSyncedAt, shown) => {
    const event = eventFrom(kryptos, integration('integration.failed', { lastSyncedAt }));
    expect(factsOf(event, 'Last synced')).toEqual(shown === null ? [] : [shown]);
  });

  test('is shown as being removed until it is removed', () => {
    const title = (status: string) =>
      eventFrom(kryptos, integration('integration.deleted', { status })).title;
    expect(title('DELETING')).toBe('Binance is being removed');
    expect(title('deleting')).toBe('Binance is being removed');
    expect(title('DELETED')).toBe('Binance removed');
  });

  test.each([
    [{ alias: 'Savings', category: 'wallet', type: 'csv' }, 'Savings - wallet - via CSV file'],
    [{ alias: '', category: 'blockchain', type: 'api' }, 'blockchain - via API'],
    [{ alias: 'Binance', category: 'unknown', type: null }, ''],
    [{ category: 'exchange' }, 'exchange'],
  ])('that was added says what is known: %j', (data, summary) => {
    expect(eventFrom(kryptos, integration('integration.created', data)).summary).toBe(summary);
  });

  test('takes the provider as its name, or none', () => {
    const named = (data: object) =>
      eventFrom(kryptos, integration('integration.failed', data)).title;
    expect(named({ providerPublicName: '', provider: 'binance' })).toBe('binance could not sync');
    expect(named({ providerPublicName: null })).toBe('An account could not sync');
    expect(named({ providerPublicName: 5, provider: [] })).toBe('An account could not sync');
  });

  test('N5 has its name cut at 80 characters, and at 40 in a notification', () => {
    const event = eventFrom(
      kryptos,
      integration('integration.failed', { providerPublicName: 'x'.repeat(100) }),
    );
    expect(event.title).toBe(`${'x'.repeat(79)}… could not sync`);
    expect(event.shortTitle).toBe(`${'x'.repeat(39)}… could not sync`);
  });

  test('cannot reorder or format the sentence with its name', () => {
    const event = eventFrom(
      kryptos,
      integration('integration.failed', { providerPublicName: '\u202e<b>שלום</b>\n' }),
    );
    expect(event.title).toBe('\u2068<b>שלום</b>\u2069 could not sync');
  });

  test('shows a count of transactions only when there is one', () => {
    const summary = (totalTransactions: unknown) =>
      eventFrom(
        kryptos,
        integration('integration.updated', { status: 'COMPLETED', totalTransactions }),
      ).summary;
    expect(summary(1)).toBe('1 transaction in all');
    expect(summary('many')).toBe('');
    expect(summary(undefined)).toBe('');
  });

  test('keeps the digits of a count beyond 2^53', () => {
    const body = JSON.stringify(
      integration('integration.updated', { status: 'COMPLETED', totalTransactions: 0 }),
    );
    expect(eventFrom(kryptos, body.replace(':0}', ':9007199254740993}')).summary).toBe(
      '9007199254740993 transactions in all',
    );
  });

  test('is identified by its wallet id, which may be a number, and is no account without one', () => {
    const account = (walletId: unknown) =>
      eventFrom(kryptos, integration('integration.failed', { walletId })).account;
    expect(account(5)).toMatchObject({ id: '5', name: 'Binance' });
    expect(account('')).toBeNull();
    expect(account('w'.repeat(1_000_000))?.id).toHaveLength(43);
    expect(account('\u202ew1')?.id).toHaveLength(43);
  });

  test('has no time where 0 means unknown', () => {
    const event = eventFrom(
      kryptos,
      integration('integration.failed', { addedOn: 0, lastSyncedAt: null }),
    );
    expect(factsOf(event, 'Added')).toEqual([]);
    expect(factsOf(event, 'Last synced')).toEqual([]);
  });
});

describe('an occurrence', () => {
  const keysOf = (event: string, data: object, envelope: object) =>
    eventFrom(kryptos, integration(event, data, envelope)).occurrence?.keys ?? [];
  const shares = (one: string[], other: string[]) => one.some((key) => other.includes(key));
  const at = (timestamp: unknown) => ({ timestamp, status: 'completed' });
  const grant = (id: string, workspace_id: string | null = 'ws_1') => ({
    id,
    grant_id: `cgrant_${id}`,
    workspace_id,
  });

  test('is one event of one workspace at one time, for any grant', () => {
    const first = keysOf('costbasis.completed', at(1_789_383_600_000), grant('a'));
    const same = [
      keysOf('costbasis.completed', at(1_789_383_600_000), grant('b')),
      keysOf('costbasis.completed', at('2026-09-14T11:00:00Z'), grant('c')),
    ];
    for (const keys of same) expect(shares(first, keys)).toBe(true);
    const others = [
      keysOf('costbasis.completed', at(1_789_383_600_001), grant('b')),
      keysOf('costbasis.completed', at(1_789_383_600_000), grant('b', 'ws_2')),
      keysOf('costbasis.failed', at(1_789_383_600_000), grant('b')),
    ];
    for (const keys of others) expect(shares(first, keys)).toBe(false);
  });

  test('is absent without a workspace or a time', () => {
    const apart = (data: object, workspace: string | null) =>
      shares(
        keysOf('costbasis.completed', data, grant('a', workspace)),
        keysOf('costbasis.completed', data, grant('b', workspace)),
      );
    expect(apart(at(1_789_383_600_000), null)).toBe(false);
    expect(apart({}, 'ws_1')).toBe(false);
  });

  test('is one id at several envelope times, unless the meaning differs', () => {
    const sent = (timestamp: string, status = 'COMPLETED') =>
      keysOf('integration.updated', { status }, { id: 'whd_1', timestamp });
    const first = sent('2026-02-20T18:02:11.305Z');
    expect(shares(first, sent('2026-02-20T18:02:12Z'))).toBe(true);
    expect(shares(first, sent('2026-02-20T18:02:13Z', 'FAILED'))).toBe(false);
  });
});

describe('a known event whose content cannot be read', () => {
  test.each([
    ['integration.failed', 'An account could not sync', 'sync.failed', 'error'],
    ['integration.updated', 'An account changed', 'sync.completed', 'info'],
    ['costbasis.failed', 'Gains and losses could not be worked out', 'run.failed', 'error'],
    ['costbasis.completed', 'Gains and losses are up to date', 'costbasis.completed', 'success'],
  ])('is %s all the same', (event, words, kind, severity) => {
    expect(eventFrom(kryptos, { id: 'whd_1', event })).toMatchObject({
      title: `${words}, content not understood`,
      summary: 'The field “data” is missing',
      kind,
      severity,
      account: null,
    });
    expect(eventFrom(kryptos, { id: 'whd_1', event, data: [] }).summary).toBe(
      'The field “data” is not an object',
    );
  });
});

test('an explanation names an ambiguous status', () => {
  const unprovenOf = (event: string, status: string) =>
    kryptos
      .explain(verified, {
        event: eventFrom(kryptos, integration(event, { status })),
        simulated: false,
      })
      .unproven.join(' ');
  expect(unprovenOf('integration.updated', 'COMPLETED')).toContain('only a part');
  expect(unprovenOf('integration.failed', 'FAILED')).toContain('cancelled');
});

describe('a recalculation', () => {
  const run = (event: string, data: object) => ({
    id: 'whd_1',
    event,
    timestamp: '2026-02-20T18:09:39.628Z',
    data,
  });

  test('is dated by its status change, not by the envelope', () => {
    const event = eventFrom(kryptos, run('costbasis.started', { timestamp: 1771610979502 }));
    expect(event.occurredAt).toBe(1771610979502);
    expect(factsOf(event, 'Status changed')).toEqual(['2026-02-20T18:09:39.502Z']);
    expect(factsOf(event, 'Sent')).toEqual(['2026-02-20T18:09:39.628Z']);
  });

  test('falls back to the envelope without a time of its own', () => {
    expect(eventFrom(kryptos, run('costbasis.started', { timestamp: 'soon' })).occurredAt).toBe(
      Date.parse('2026-02-20T18:09:39.628Z'),
    );
    expect(eventFrom(kryptos, { event: 'costbasis.started', data: {} }).occurredAt).toBeNull();
  });

  test('fails without a reason, and a reason alone is no failure', () => {
    expect(eventFrom(kryptos, run('costbasis.failed', { reason: null })).summary).toBe(
      'Kryptos gave no reason',
    );
    expect(eventFrom(kryptos, run('transfer_detection.failed', {})).summary).toBe(
      'Kryptos gave no reason',
    );
    expect(eventFrom(kryptos, run('costbasis.completed', { reason: 'odd' }))).toMatchObject({
      severity: 'success',
      summary: '',
    });
  });

  test('follows its event name, and a different status becomes a note', () => {
    const event = eventFrom(kryptos, run('costbasis.completed', { status: 'failed' }));
    expect(event.title).toBe('Gains and losses are up to date');
    expect(factsOf(event, 'Note')).toEqual(["The data says failed; the event's name counts"]);
  });
});

describe('the subject', () => {
  test('is the user, else the grant, else unknown', () => {
    const about = (data: object, envelope: object) => {
      const event = eventFrom(kryptos, integration('integration.created', data, envelope));
      return { user: factsOf(event, 'User'), grant: factsOf(event, 'Grant') };
    };
    expect(about({ uid: 'user_123' }, {})).toEqual({ user: ['user_123'], grant: [] });
    expect(about({}, { grant_id: 'cgrant_1' })).toEqual({ user: [], grant: ['cgrant_1'] });
    expect(about({}, {})).toEqual({ user: ['unknown user'], grant: [] });
  });
});

describe('the unsigned headers', () => {
  const body = JSON.stringify(integration('integration.failed'));

  test('never decide the meaning; a difference becomes a note', () => {
    const headers = { 'x-webhook-event': 'costbasis.completed', 'x-webhook-id': 'whd_2' };
    const { reading, facts } = kryptos.understand(delivery({ body, headers }), verified);
    expect(reading).toMatchObject({ status: 'event', event: { type: 'integration.failed' } });
    expect(factsOf({ facts: facts() }, 'Note')).toEqual([
      'The X-Webhook-Event header, which is not signed, says costbasis.completed; the signed body counts',
      'The X-Webhook-Id header, which is not signed, says whd_2; the signed body counts',
    ]);
  });

  test('R10 are no idempotency keys', () => {
    const keys = (headers: Record<string, string>) =>
      kryptos.understand(delivery({ body, headers }), verified).idempotencyKeys;
    expect(keys({ 'x-webhook-id': 'whd_fresh' })).toEqual(keys({}));
  });
});

describe('a duplicate', () => {
  const keyOf = (body: string) =>
    kryptos.understand(delivery({ body }), verified).idempotencyKeys[0];

  test('R10 is recognized by the id in the body without a limit; other bytes are a conflict', () => {
    const first = keyOf('{"id":"whd_1","event":"costbasis.started","data":{}}');
    const other = keyOf('{"id":"whd_1","event":"costbasis.completed","data":{}}');
    expect(first).toMatchObject({ differing: 'conflict', withinMs: null });
    expect(other.id).toBe(first.id);
    expect(other.version).not.toBe(first.version);
  });

  test('R10 without an id is recognized by its bytes', () => {
    expect(keyOf('{"event":"x"}')).toEqual(keyOf('{"event":"x"}'));
    expect(keyOf('{"event":"x"}').id).not.toBe(keyOf('{"event":"y"}').id);
    expect(keyOf('not JSON').id).not.toBe(keyOf('{"id":""}').id);
  });

  test('R10 has a short key for any id', () => {
    expect(keyOf(JSON.stringify({ id: 'x'.repeat(1_000_000) })).id.length).toBeLessThan(60);
  });

  test('is not a delivery to another grant with another id', () => {
    expect(keyOf('{"id":"whd_1"}').id).not.toBe(keyOf('{"id":"whd_2"}').id);
  });
});

describe('a genuine delivery that is not understood', () => {
  test.each([
    ['an unknown event', { event: 'tax_report.completed', data: {} }, 'tax_report.completed'],
    [
      'an event of another spelling',
      { event: 'Integration.Created', data: {} },
      'Integration.Created',
    ],
    ['no event', { data: {} }, null],
    ['an event that is no text', { event: 5, data: {} }, null],
    ['a name every object inherits', { event: 'constructor', data: {} }, 'constructor'],
    ['an event made of tricks', { event: '\u202eevil\n' }, 'evil'],
  ])('A7 is kept with the type it claims: %s', (_, body, type) => {
    expect(reading(kryptos, body)).toEqual({ status: 'unrecognized', type });
  });

  test.each(['', 'not JSON', '[]', '"text"', '[['])(
    'R6 A7 is unreadable, not an error: %j',
    (body) => {
      expect(reading(kryptos, body)).toMatchObject({ status: 'unreadable' });
    },
  );
});

test('an explanation names the matching secret and what a signature does not prove', () => {
  expect(kryptos.explain({ status: 'verified', secret: 1 }, plainly).checked.join(' ')).toContain(
    'older',
  );
  expect(kryptos.explain(verified, plainly).unproven.join(' ')).toContain('headers are not signed');
  expect(kryptos.explain(trusted, plainly).checked).toHaveLength(1);
});

test('Q8 no headers, body or JSON make it throw', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('x-webhook-signature', 'X-Webhook-Event', 'x'),
          fc.string({ unit: 'binary' }),
        ),
      ),
      fc.uint8Array(),
      (headers, body) => {
        const any = delivery({ headers, body });
        expect(kryptos.authenticate(any, ours).status).toBe('rejected');
        expect(kryptos.understand(any, verified).idempotencyKeys).toHaveLength(1);
      },
    ),
  );
});

describe('whom an event is about', () => {
  const owner = (data: object, envelope: object = {}) =>
    eventFrom(kryptos, integration('integration.updated', data, envelope)).account?.owner;

  test('the user, else the workspace, else the grant', () => {
    const later = { workspace_id: 'ws_1', grant_id: 'cgrant_1' };
    expect(owner({ uid: 'user_1' }, later)).toEqual({ id: 'user_1', name: null });
    expect(owner({}, later)).toEqual({ id: 'ws_1', name: null });
    expect(owner({}, { workspace_id: null, grant_id: 'cgrant_1' })).toMatchObject({
      id: 'cgrant_1',
    });
    expect(owner({})).toBeUndefined();
  });

  test('an account says when it last synced, and zero means never', () => {
    const synced = (lastSyncedAt: unknown) =>
      eventFrom(kryptos, integration('integration.failed', { lastSyncedAt })).account?.syncedAt;
    expect(synced(1672531200000)).toBe(1672531200000);
    expect(synced(0)).toBeUndefined();
  });

  test.each([
    ['transfer_detection.started', 'transfers', 'started'],
    ['costbasis.completed', 'gains', 'completed'],
    ['costbasis.failed', 'gains', 'failed'],
  ])('%s is a step of a recalculation', (type, stage, phase) => {
    const data = { uid: 'user_1', timestamp: 1771611020990 };
    expect(eventFrom(kryptos, integration(type, data)).run).toEqual({
      ...{ stage, phase, userId: 'user_1', at: 1771611020990 },
    });
    const nobody = eventFrom(kryptos, integration(type, { timestamp: 'soon' })).run;
    expect(nobody).toMatchObject({ userId: '', at: null });
  });
});
