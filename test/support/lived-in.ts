import {
  costBasisCompleted,
  kryptosDelivery,
  kryptosSource,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { recorded } from './fixtures.ts';
import type { TestApp } from './test-app.ts';

const kryptos = kryptosSource();
const vezgo = vezgoSource();
const simplehash = simplehashSource();

/** What `fill` fills is set up by this. */
export const livedIn = { sources: [kryptos, vezgo, simplehash] };

const minute = 60_000;
const hour = 60 * minute;

type Sync = { uid: string; name: string; walletId: string; failed?: true; at: number };

const sync = ({ uid, name, walletId, failed, at }: Sync) =>
  kryptosDelivery(
    {
      id: `whd_${walletId}_${at}`,
      event: failed ? 'integration.failed' : 'integration.updated',
      timestamp: new Date(at).toISOString(),
      data: { uid, providerPublicName: name, walletId, status: failed ? 'FAILED' : 'COMPLETED' },
    },
    kryptos,
  );

const step = (event: string, uid: string, at: number) =>
  kryptosDelivery(
    {
      id: `whd_${uid}_${event}_${at}`,
      event,
      timestamp: new Date(at).toISOString(),
      data: { uid, status: event.split('.')[1], reason: null, timestamp: at },
    },
    kryptos,
  );

/** A finished recalculation of a user that ended at an instant (epoch ms). */
const run = (uid: string, endedAt: number, minutes: number) => [
  step('transfer_detection.started', uid, endedAt - 2 * minutes * minute),
  step('transfer_detection.completed', uid, endedAt - minutes * minute),
  step('costbasis.started', uid, endedAt - minutes * minute),
  step('costbasis.completed', uid, endedAt),
];

/**
 * Three sources, several users, accounts that work, fail and recovered, a run that goes on and one without an end for too long, three
 * rejected deliveries, two rules and quiet hours that are on at no time of the day.
 */
export const fill = async (app: TestApp): Promise<void> => {
  const now = app.now();
  const [anna, client] = ['8efe14a679fa4fe390b03dfa', 'client-b'];
  for (const sent of [
    ...run(anna, now - 30 * hour, 6),
    ...run(anna, now - 20 * hour, 8),
    ...run(anna, now - 9 * hour, 5),
    ...run(client, now - 28 * hour, 3),
    sync({ uid: anna, name: 'Binance', walletId: 'wallet_1', at: now - 2 * hour }),
    sync({ uid: anna, name: 'Coinbase', walletId: 'wallet_2', failed: true, at: now - 8 * hour }),
    sync({ uid: anna, name: 'Coinbase', walletId: 'wallet_2', at: now - 3 * hour }),
    sync({ uid: client, name: 'Bitfinex', walletId: 'wallet_3', at: now - 27 * hour }),
    sync({ uid: client, name: 'Bitfinex', walletId: 'wallet_3', failed: true, at: now - 5 * hour }),
    sync({ uid: client, name: 'Bitfinex', walletId: 'wallet_3', failed: true, at: now - 4 * hour }),
    step('costbasis.started', client, now - 4 * hour),
    step('transfer_detection.started', anna, now - 9 * minute),
    recorded('vezgo/SyncAccount.json', vezgo),
    recorded('vezgo/SyncError.LoginFailedError.json', vezgo),
    recorded('kryptos/integration.failed.json', kryptos),
    ...['forged-1', 'forged-2', 'forged-3'].map((id) =>
      costBasisCompleted(kryptos, { id, secret: 'another' }),
    ),
  ])
    await app.deliver(sent);
  await app.ask('nameOwner', { sourceId: kryptos.id, ownerId: client, name: 'Client B' });
  await app.ask('nameAccount', { sourceId: kryptos.id, accountId: 'wallet_1', name: 'Trading' });
  const { id: sourceId } = kryptos;
  await app.ask('addRule', {
    about: { what: 'account', sourceId, accountId: 'wallet_3', name: 'Bitfinex' },
    says: 'mute',
  });
  await app.ask('addRule', { about: { what: 'kind', kind: 'sync.completed' }, says: 'announce' });
  const days = [new Date(now).getDay() === 3 ? 5 : 3];
  await app.ask('changeQuietHours', {
    on: true,
    spans: [
      { days, from: '22:00', to: '07:00' },
      { days, from: '13:00', to: '14:00' },
    ],
    admitsGrave: false,
  });
};
