import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { secrets } from '../../bench/harness/deliveries.ts';
import { providers } from '../../electron/providers/index.ts';
import type { Provider } from '../../electron/providers/provider.ts';
import { Fact, ProviderEvent } from '../../shared/event.ts';
import { fixtures } from '../support/fixtures.ts';
import { leastTime } from '../support/work.ts';
import { credentials, delivery, noon, sample, trusted, verified } from './samples.ts';

const all = [...providers.values()].map((provider) => [provider.name, provider] as const);
const clientId = '6gq7f1example0clientid';
const secretsOf = ({ id }: Provider): string[] =>
  Object.entries(secrets).flatMap(([provider, secret]) => (provider === id ? [secret] : []));

describe.each(all)('%s', (_, provider) => {
  const ours = credentials({ secrets: secretsOf(provider), clientId });
  let serial = 0;
  const context = {
    secret: secretsOf(provider)[0] ?? null,
    clientId,
    now: noon,
    hex(digits: number) {
      serial += 1;
      return serial.toString(16).padStart(digits, '0');
    },
  };

  test.each(provider.simulations.map((simulation) => [simulation.id, simulation] as const))(
    'simulates %s as the provider would send it',
    (id, simulation) => {
      const simulated = delivery(simulation.make(context));
      const verdict = provider.authenticate(simulated, ours);
      if (verdict.status === 'rejected') expect.fail(verdict.reason);
      const { reading } = provider.understand(simulated, verdict);
      expect(reading).toMatchObject({ status: 'event', event: { type: id.split(':')[0] } });
    },
  );

  test('simulates something new each time', () => {
    for (const simulation of provider.simulations) {
      const keyOf = () =>
        provider.understand(delivery(simulation.make(context)), verified).idempotencyKeys[0].id;
      expect(keyOf()).not.toBe(keyOf());
    }
  });

  test('simulates without a secret or client id, and with an invalid secret', () => {
    for (const simulation of provider.simulations) {
      expect(() => simulation.make({ ...context, secret: null, clientId: null })).not.toThrow();
      expect(() => simulation.make({ ...context, secret: 'no base64!' })).not.toThrow();
    }
  });

  test('has one simulation of each name, and one for every recorded type', () => {
    const ids = provider.simulations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const recorded = fixtures
      .filter(({ file }) => file.startsWith(`${provider.id}/`))
      .map(({ event }) => event);
    expect(ids).toEqual(expect.arrayContaining(recorded));
  });

  test('reads every recorded delivery as a valid event', () => {
    for (const { file } of fixtures.filter(({ file }) => file.startsWith(`${provider.id}/`))) {
      const { reading } = provider.understand(sample(file), verified);
      if (reading.status !== 'event') expect.fail(file);
      expect(ProviderEvent.parse(reading.event)).toEqual(reading.event);
    }
  });

  test('has only searchable facts that the body contains verbatim', () => {
    for (const { make } of provider.simulations) {
      const simulated = make(context);
      for (const fact of provider.understand(delivery(simulated), verified).facts())
        if (fact.form === 'text' || fact.form === 'code')
          expect(simulated.body).toContain(fact.value);
    }
  });

  const header = fc.tuple(
    fc.constantFrom(
      'x-webhook-signature',
      'X-Webhook-Id',
      'x-client-id',
      'webhook-id',
      'webhook-timestamp',
      'Webhook-Signature',
      'svix-signature',
    ),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('v1,', String(noon / 1000), clientId, 'a'.repeat(64)),
    ),
  );

  test('Q8 no headers and no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.array(header), fc.uint8Array(), (headers, body) => {
        const any = delivery({ headers, body });
        expect(provider.authenticate(any, ours).status).toBeDefined();
        expect(provider.understand(any, verified).idempotencyKeys.length).toBeGreaterThan(0);
      }),
    );
  });

  test('P6 removes hostile text from everything a person sees, anywhere in a body', () => {
    const samples = fixtures.filter(({ file }) => file.startsWith(`${provider.id}/`));
    fc.assert(
      fc.property(fc.constantFrom(...samples), hostileText, fc.nat(), ({ file }, text, place) => {
        const recorded = sample(file);
        const body = withText(JSON.parse(new TextDecoder().decode(recorded.body)), text, place);
        const changed = delivery({ headers: recorded.headers, body: JSON.stringify(body) });
        const { reading, facts, idempotencyKeys } = provider.understand(changed, verified);
        const shown = [
          ...(reading.status === 'event' ? textsOf(reading.event, facts()) : []),
          ...(reading.status === 'unrecognized' ? [reading.type ?? ''] : []),
          ...idempotencyKeys.flatMap(({ differing }) =>
            differing === 'conflict' ? [] : differing.note,
          ),
        ];
        for (const one of shown) {
          expect(one).not.toMatch(
            /[\p{Cc}\p{Surrogate}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066\u2067]|\s\s/u,
          );
          expect(one.length).toBeLessThan(2000);
          expect(one.split('\u2068').length).toBe(one.split('\u2069').length);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['names made of terminal sequences', '\u009d'],
    ['names made of marks', 'a\u0301'],
    ['long names', 'Main account '],
    ['ids made of dots', '0x.'],
    ['long numbers', '1000'],
  ])('a body of %s costs no more than its length', (_, piece) => {
    const samples = fixtures.filter(({ file }) => file.startsWith(`${provider.id}/`));
    const bodies = (length: number) =>
      samples.map(({ file }) => {
        const text = piece.repeat(length / piece.length);
        const body: unknown = JSON.parse(new TextDecoder().decode(sample(file).body));
        return delivery({ body: JSON.stringify(withTexts(body, () => text)) });
      });
    const timeOf = (length: number) => {
      const all = bodies(length);
      return leastTime(() => all.map((one) => provider.understand(one, verified)));
    };
    timeOf(4096);
    // Eight times as long: 64 times the work where it is quadratic.
    expect(timeOf(32_768)).toBeLessThan(Math.max(30 * timeOf(4096), 2));
  });

  test('Q8 no JSON makes it throw or produce an invalid event', () => {
    const events = fixtures.map(({ event }) => event.split(':')[0]);
    const body = fc
      .tuple(fc.constantFrom(...events), misshapen)
      .map(([event, rest]) => JSON.stringify({ ...rest, event, type: event, hook: event }));
    fc.assert(
      fc.property(body, (text) => {
        const { reading, facts } = provider.understand(delivery({ body: text }), trusted);
        if (reading.status !== 'event') return;
        expect(ProviderEvent.safeParse(reading.event).success).toBe(true);
        expect(z.array(Fact).safeParse(facts()).success).toBe(true);
        expect(textsOf(reading.event, facts()).join('')).not.toMatch(
          /[\p{Cc}\p{Surrogate}\u202a-\u202e]/u,
        );
      }),
      { numRuns: 500 },
    );
  });
});

const hostileText = fc
  .array(
    fc.constantFrom(
      ...[
        '\u202e',
        '\u2066',
        '\u2069',
        '\u0007',
        '\u001b[31m',
        '\u009d',
        '\u2028',
        '\n\n',
        '\ud800',
      ],
      ...[
        'שלום',
        '<b>',
        'a',
        '.',
        '  ',
        '\u200b',
        '\u0085',
        '0x',
        '12',
        '\u{e0041}',
        'https://a.b',
      ],
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

/** A body with each of its texts but the name of its event replaced. */
const withTexts = (value: unknown, replace: (text: string) => string, key = ''): unknown => {
  if (typeof value === 'string')
    return ['event', 'type', 'hook'].includes(key) ? value : replace(value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withTexts(one, replace, name)]),
  );
};

/** A body with all of its texts, or only one of them, replaced by a hostile one. */
const withText = (body: unknown, text: string, place: number): unknown => {
  let count = 0;
  withTexts(body, (one) => {
    count += 1;
    return one;
  });
  const chosen = place % (count + 1);
  let at = 0;
  return withTexts(body, (one) => {
    const isChosen = chosen === count || at === chosen;
    at += 1;
    return isChosen ? text : one;
  });
};

/** Every text of an event that a person may come to see. */
const textsOf = (
  { type, title, shortTitle, summary, account }: ProviderEvent,
  facts: readonly Fact[],
): string[] => [
  type,
  title,
  shortTitle ?? '',
  summary,
  ...(account === null ? [] : [account.id, account.name]),
  ...facts.map((fact) => (fact.form === 'time' ? '' : fact.value)),
];

/** The fields that are read, each holding anything. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary' }),
  fc.double({ noNaN: true }),
  fc.constantFrom('', null, 0, -1, '1e99999', '9'.repeat(100), 'LoginFailedError', 'COMPLETED'),
);
const holding = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
const named = fc.oneof(anything, holding('name', 'display_name', 'message', 'symbol', 'decimals'));
const misshapen = fc.record(
  {
    id: anything,
    timestamp: anything,
    grant_id: anything,
    user: fc.oneof(anything, holding('id', 'loginName')),
    account: fc.oneof(anything, fc.record({ id: fc.string(), provider: named })),
    error: named,
    nfts: fc.oneof(
      anything,
      fc.array(fc.oneof(anything, holding('nft_id', 'name', 'description'))),
    ),
    data: fc.oneof(
      anything,
      holding(
        'uid',
        'provider',
        'providerPublicName',
        'alias',
        'status',
        'errorMessage',
        'addedOn',
        'walletId',
        'type',
        'category',
        'totalTransactions',
        'reason',
        'timestamp',
      ),
      fc.record({
        nft_id: anything,
        chain: anything,
        token_id: anything,
        contract_address: anything,
        from_address: anything,
        to_address: anything,
        quantity: anything,
        transaction: anything,
        block_hash: anything,
        sale_details: fc.oneof(
          anything,
          fc.record({
            marketplace_name: anything,
            payment_token: named,
            unit_price: anything,
            total_price: anything,
          }),
        ),
      }),
    ),
  },
  { requiredKeys: [] },
);
