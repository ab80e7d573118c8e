import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { providers } from '../../electron/providers/index.ts';
import type { Provider } from '../../electron/providers/provider.ts';
import { Fact, ProviderEvent } from '../../shared/event.ts';
import {
  credentials,
  delivery,
  index,
  noon,
  sample,
  secrets,
  trusted,
  verified,
} from './samples.ts';

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
        provider.understand(delivery(simulation.make(context)), verified).repeatKeys[0].id;
      expect(keyOf()).not.toBe(keyOf());
    }
  });

  test('simulates without a secret or client id, and with a secret nobody can sign with', () => {
    for (const simulation of provider.simulations) {
      expect(() => simulation.make({ ...context, secret: null, clientId: null })).not.toThrow();
      expect(() => simulation.make({ ...context, secret: 'no base64!' })).not.toThrow();
    }
  });

  test('has one simulation of each name, and one for every recorded type', () => {
    const ids = provider.simulations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const recorded = index
      .filter(({ file }) => file.startsWith(`${provider.id}/`))
      .map(({ event }) => event);
    expect(ids).toEqual(expect.arrayContaining(recorded));
  });

  test('reads every recorded delivery as an event of the shape the window takes', () => {
    for (const { file } of index.filter(({ file }) => file.startsWith(`${provider.id}/`))) {
      const { reading } = provider.understand(sample(file), verified);
      if (reading.status !== 'event') expect.fail(file);
      expect(ProviderEvent.parse(reading.event)).toEqual(reading.event);
    }
  });

  test('has facts to be searched only as they stand in the body', () => {
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
        expect(provider.understand(any, verified).repeatKeys.length).toBeGreaterThan(0);
      }),
    );
  });

  test('Q8 no JSON makes it throw, or say what the window cannot take', () => {
    const events = index.map(({ event }) => event.split(':')[0]);
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
