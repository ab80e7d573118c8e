import { hmacSha256 } from '../../verdict.ts';
import type { Simulation, SimulationContext } from '../provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Makes the `data` of a simulated event. */
type MakeData = (context: SimulationContext) => Fields;

const hour = 3_600_000;

/** All simulations share one connection, so that a recovery follows its failure. */
const connection =
  (status: string, more: Fields = {}): MakeData =>
  ({ now }) => ({
    provider: 'binance',
    providerPublicName: 'Binance',
    publicAddress: null,
    walletId: 'wallet_5a81b07c2e',
    logoUrl: 'https://storage.googleapis.com/kryptos-public/logos/binance.png',
    isContract: false,
    alias: 'Main Trading Account',
    status,
    addedOn: now - 2000 * hour,
    lastSyncedAt: now - 24 * hour,
    category: 'exchange',
    type: 'api',
    totalTransactions: 1542,
    ...more,
  });

const run =
  (action: string, status: string, reason: string | null = null): MakeData =>
  ({ now }) => ({ action, status, reason, timestamp: now - 126 });

/** The first envelope, which names the user inside `data`. */
const byUser = (event: string, label: string, makeData: MakeData, id = event): Simulation => ({
  id,
  label,
  make: (context) =>
    delivered(context, event, {}, { uid: '8efe14a679fa4fe390b03dfa', ...makeData(context) }),
});

/** The later envelope, which names a grant and a workspace. */
const byGrant = (event: string, label: string, makeData: MakeData): Simulation => ({
  id: `${event}:later-envelope`,
  label: `${label}, later envelope`,
  make: (context) =>
    delivered(
      context,
      event,
      { grant_id: 'cgrant_q8w7e6r5t4', workspace_id: 'ws_12ab' },
      makeData(context),
    ),
});

function delivered(
  { secret, now, hex }: SimulationContext,
  event: string,
  envelope: Fields,
  data: Fields,
) {
  const id = `whd_${hex(24)}`;
  const timestamp = new Date(now).toISOString();
  const body = JSON.stringify({ id, event, timestamp, ...envelope, data });
  return {
    headers: {
      'Content-Type': 'application/json',
      ...(secret === null
        ? {}
        : { 'X-Webhook-Signature': hmacSha256(secret, body).toString('hex') }),
      'X-Webhook-Event': event,
      'X-Webhook-Id': id,
      'X-Webhook-Timestamp': timestamp,
    },
    body,
  };
}

const updated = (status: string, label: string): Simulation =>
  byUser('integration.updated', label, connection(status), `integration.updated:${status}`);

const refused = { errorMessage: 'API key was rejected by the exchange' };

export const simulations: readonly [Simulation, ...Simulation[]] = [
  byUser('costbasis.completed', 'Cost basis completed', run('ACCOUNT_MANAGER', 'completed')),
  byUser('integration.created', 'Connection added', connection('active', { totalTransactions: 0 })),
  byUser('integration.updated', 'Connection synced', connection('COMPLETED')),
  updated('SYNCING', 'Connection syncing'),
  updated('PARTIALLY SYNCED', 'Connection synced in part'),
  updated('INACTIVE', 'Connection switched off'),
  byUser(
    'integration.updated',
    'Connection updated as failed',
    connection('FAILED', refused),
    'integration.updated:FAILED',
  ),
  byUser('integration.failed', 'Connection could not sync', connection('FAILED', refused)),
  byUser('integration.deleted', 'Connection removed', connection('DELETED')),
  byUser(
    'integration.deleted',
    'Connection being removed',
    connection('DELETING'),
    'integration.deleted:DELETING',
  ),
  byUser(
    'integration.deleted',
    'Connection could not be removed',
    connection('FAILED', { message: 'The connection could not be wiped' }),
    'integration.deleted:FAILED',
  ),
  byUser(
    'transfer_detection.started',
    'Transfer detection started',
    run('DETECT_TRANSFER', 'started'),
  ),
  byUser(
    'transfer_detection.completed',
    'Transfer detection completed',
    run('DETECT_TRANSFER', 'completed'),
  ),
  byUser(
    'transfer_detection.failed',
    'Transfer detection failed',
    run('DETECT_TRANSFER', 'failed', 'Timed out while matching transfers'),
  ),
  byUser('costbasis.started', 'Cost basis started', run('ACCOUNT_MANAGER', 'started')),
  byUser(
    'costbasis.failed',
    'Cost basis failed',
    run('ACCOUNT_MANAGER', 'failed', 'Missing prices for 3 assets'),
  ),
  byGrant(
    'integration.created',
    'Connection added',
    connection('QUEUED', { publicAddress: '', totalTransactions: 0 }),
  ),
  byGrant(
    'integration.failed',
    'Connection could not sync',
    connection('FAILED', { ...refused, publicAddress: '', alias: '', logoUrl: '', addedOn: 0 }),
  ),
  byGrant('costbasis.completed', 'Cost basis completed', run('ACCOUNT_MANAGER', 'completed')),
];
