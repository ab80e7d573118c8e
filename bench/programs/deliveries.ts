import {
  kryptosDelivery,
  type ProvisionedSource,
  randomHex,
  simplehashDelivery,
} from '../harness/deliveries.ts';
import type { Sent } from '../harness/http.ts';

export type ProviderId = 'kryptos' | 'simplehash';

/** One source of each provider. */
export type Sources = Readonly<Record<ProviderId, ProvisionedSource>>;

const kryptosBytes = 620;
const simplehashBytes = 1500;

/** Each makes a delivery of the size under measure, under a fresh id, signed now or at an instant (epoch ms). */
export const makers: Record<
  ProviderId,
  (to: ProvisionedSource, at?: number) => Sent & { readonly body: string }
> = {
  kryptos: (to) => {
    const id = `whd_${randomHex(24)}`;
    const { headers, ...delivery } = kryptosDelivery(kryptosBody(id), to);
    return {
      ...delivery,
      headers: {
        ...headers,
        'x-webhook-event': 'integration.updated',
        'x-webhook-id': id,
        'x-webhook-timestamp': '2026-02-20T18:02:11.377Z',
      },
    };
  },
  simplehash: (to, at = Date.now()) => simplehashDelivery(simplehashBody(), to, at),
};

const kryptosBody = (id: string): string =>
  filledTo(kryptosBytes, (filling) => ({
    id,
    event: 'integration.updated',
    timestamp: '2026-02-20T18:02:11.305Z',
    grant_id: 'cgrant_65f0c1d2e3a4b5c6d7e8f901',
    workspace_id: '65f0c1d2e3a4b5c6d7e8f902',
    data: {
      uid: 'user_123',
      provider: 'binance',
      providerPublicName: 'Binance',
      publicAddress: null,
      walletId: 'wallet_abc123',
      isContract: false,
      logoUrl: `https://storage.googleapis.com/kryptos-public/logos/${filling}.png`,
      alias: 'Main Trading Account',
      status: 'COMPLETED',
      addedOn: 1771609800000,
      lastSyncedAt: 1771610530000,
      category: 'exchange',
      type: 'api',
      totalTransactions: 1542,
    },
  }));

const simplehashBody = (): string =>
  filledTo(simplehashBytes, (filling) => ({
    type: 'wallet.inbound_transfer',
    data: {
      nft_id: 'ethereum.0xc0cb81c1f89ab0873653f67eea42652f13cd8416.4963',
      chain: 'ethereum',
      contract_address: '0xc0Cb81c1F89Ab0873653f67EEa42652F13CD8416',
      token_id: '4963',
      from_address: '0x951038bB372D16180c0AFB0f46aB283059154004',
      to_address: '0xfa6E0aDDF68267b8b6fF2dA55Ce01a53Fad6D8e2',
      quantity: 1,
      timestamp: '2021-11-01T16:42:15Z',
      block_number: 13532274,
      block_hash: `0x${'935a6705'.repeat(8)}`,
      transaction: `0x${randomHex(64)}`,
      log_index: 295,
      batch_transfer_index: 0,
      sale_details: sale,
      nft_details: { name: 'A picture', description: filling },
    },
  }));

const sale = {
  marketplace_name: 'OpenSea',
  is_bundle_sale: false,
  payment_token: {
    payment_token_id: 'ethereum.native',
    name: 'Ether',
    symbol: 'ETH',
    address: null,
    decimals: 18,
  },
  unit_price: 29900000000000000,
  total_price: 29900000000000000,
};

/** The JSON of what `make` returns, filled up to a length. */
const filledTo = (bytes: number, make: (filling: string) => object): string => {
  const missing = bytes - JSON.stringify(make('')).length;
  return JSON.stringify(make('lorem-ipsum-'.repeat(100).slice(0, Math.max(0, missing))));
};
