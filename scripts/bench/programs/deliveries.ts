import { createHmac, randomBytes } from 'node:crypto';

export type ProviderId = 'kryptos' | 'simplehash';

/** Where each provider's deliveries go, and the secret they are signed with. */
export type Endpoints = Readonly<
  Record<ProviderId, { readonly path: string; readonly secret: string }>
>;

/** One delivery as its provider would send it, under an id that no other has. */
export type Made = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

const kryptosBytes = 620;
const simplehashBytes = 1500;

export const makers: Record<ProviderId, (secret: string) => Made> = {
  kryptos: (secret) => {
    const id = `whd_${randomHex(24)}`;
    const body = filledTo(kryptosBytes, (filling) => ({
      id,
      event: 'integration.updated',
      timestamp: '2026-02-20T18:02:11.305Z',
      ...{ grant_id: 'cgrant_65f0c1d2e3a4b5c6d7e8f901', workspace_id: '65f0c1d2e3a4b5c6d7e8f902' },
      data: {
        ...{ uid: 'user_123', provider: 'binance', providerPublicName: 'Binance' },
        ...{ publicAddress: null, walletId: 'wallet_abc123', isContract: false },
        logoUrl: `https://storage.googleapis.com/kryptos-public/logos/${filling}.png`,
        ...{ alias: 'Main Trading Account', status: 'COMPLETED' },
        ...{ addedOn: 1771609800000, lastSyncedAt: 1771610530000 },
        ...{ category: 'exchange', type: 'api', totalTransactions: 1542 },
      },
    }));
    return {
      headers: {
        'Content-Type': 'application/json',
        'X-Webhook-Signature': createHmac('sha256', secret).update(body).digest('hex'),
        'X-Webhook-Event': 'integration.updated',
        'X-Webhook-Id': id,
        'X-Webhook-Timestamp': '2026-02-20T18:02:11.377Z',
      },
      body,
    };
  },

  simplehash: (secret) => {
    const id = `msg_${randomHex(24)}`;
    const seconds = String(Math.floor(Date.now() / 1000));
    const body = filledTo(simplehashBytes, (filling) => ({
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
        sale_details: {
          ...{ marketplace_name: 'OpenSea', is_bundle_sale: false },
          payment_token: {
            ...{ payment_token_id: 'ethereum.native', name: 'Ether', symbol: 'ETH' },
            ...{ address: null, decimals: 18 },
          },
          ...{ unit_price: 29900000000000000, total_price: 29900000000000000 },
        },
        nft_details: { name: 'A picture', description: filling },
      },
    }));
    const signature = createHmac('sha256', Buffer.from(secret, 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64');
    return {
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': seconds,
        'webhook-signature': `v1,${signature}`,
      },
      body,
    };
  },
};

const randomHex = (digits: number) => randomBytes(digits / 2).toString('hex');

/** The JSON of what `make` gives, with as much filling as makes it that long. */
const filledTo = (bytes: number, make: (filling: string) => object): string => {
  const missing = bytes - JSON.stringify(make('')).length;
  return JSON.stringify(make('lorem-ipsum-'.repeat(100).slice(0, Math.max(0, missing))));
};
