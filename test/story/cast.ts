import {
  clientId,
  kryptosDelivery,
  kryptosSource,
  pathOf,
  randomHex,
  simplehashDelivery,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';

/** The three sources of the story. */
export const sources = {
  kryptos: kryptosSource(),
  vezgo: vezgoSource(),
  simplehash: simplehashSource(),
};

/** Who a Kryptos event is about: a user, or a Connect grant of a workspace. */
export type Who = { readonly uid: string } | { readonly grant: string; readonly workspace: string };

const envelope = (event: string, who: Who, at: number) => ({
  id: `whd_${randomHex(12)}`,
  event,
  timestamp: new Date(at).toISOString(),
  ...('uid' in who ? {} : { grant_id: who.grant, workspace_id: who.workspace }),
});

const uidOf = (who: Who) => ('uid' in who ? { uid: who.uid } : {});

/** A stage of a recalculation; `at` is the provider's time (epoch ms). */
export const run = (
  event: `${'transfer_detection' | 'costbasis'}.${'started' | 'completed' | 'failed'}`,
  who: Who,
  at: number,
): Sent => {
  const [category, status] = event.split('.');
  return kryptosDelivery(
    {
      ...envelope(event, who, at),
      data: {
        ...uidOf(who),
        action: category === 'costbasis' ? 'ACCOUNT_MANAGER' : 'DETECT_TRANSFER',
        status,
        reason: status === 'failed' ? 'Price data is missing for 3 assets' : null,
        timestamp: at,
      },
    },
    sources.kryptos,
  );
};

/** A Kryptos connection that syncs or fails to. */
export const integration = (
  name: string,
  outcome: 'synced' | 'failed',
  at: number,
  who: Who = { uid: 'user_1' },
): Sent =>
  kryptosDelivery(
    {
      ...envelope(outcome === 'failed' ? 'integration.failed' : 'integration.updated', who, at),
      data: {
        ...uidOf(who),
        provider: name.toLowerCase(),
        providerPublicName: name,
        publicAddress: null,
        walletId: `wallet_${name.toLowerCase()}`,
        alias: '',
        status: outcome === 'failed' ? 'FAILED' : 'COMPLETED',
        ...(outcome === 'failed' ? { errorMessage: 'API key was rejected by the exchange' } : {}),
        addedOn: 0,
        lastSyncedAt: outcome === 'failed' ? 0 : at,
        category: 'exchange',
        type: 'api',
        totalTransactions: 87,
      },
    },
    sources.kryptos,
  );

/** A genuine delivery of Kryptos, signed with a secret that is not ours. */
export const wronglySigned = (at: number): Sent => {
  const { body } = kryptosDelivery(
    { ...envelope('costbasis.completed', { uid: 'user_1' }, at), data: { uid: 'user_1' } },
    sources.kryptos,
  );
  return kryptosDelivery(body, sources.kryptos, 'whsec_test_another_secret_0123456789');
};

/** A Vezgo account that syncs, or fails with one of the provider's names. */
export const vezgo = (account: string, error?: string): Sent => ({
  path: pathOf(sources.vezgo),
  headers: { 'content-type': 'application/json', 'x-client-id': clientId },
  body: JSON.stringify({
    hook: error === undefined ? 'SyncAccount' : 'SyncError',
    user: { id: '60350aa20d2b020012339e01', loginName: 'ana.keller' },
    account: { id: `account-of-${account}`, provider: account },
    ...(error === undefined ? {} : { error }),
  }),
});

const contract = '0xc0cb81c1f89ab0873653f67eea42652f13cd8416';
const ours = '0xfa6e0addf68267b8b6ff2da55ce01a53fad6d8e2';
const theirs = '0x951038bb372d16180c0afb0f46ab283059154004';

/** An NFT that comes, goes, or is minted in a watched contract. */
export const nft = (
  what: 'minted to us' | 'received' | 'sent' | 'minted elsewhere',
  token: number,
  at: number,
): Sent => {
  const isMint = what.startsWith('minted');
  const type = {
    'minted to us': 'wallet.inbound_transfer',
    received: 'wallet.inbound_transfer',
    sent: 'wallet.outbound_transfer',
    'minted elsewhere': 'contract.transfer',
  }[what];
  return simplehashDelivery(
    JSON.stringify({
      type,
      data: {
        nft_id: `ethereum.${contract}.${token}`,
        chain: 'ethereum',
        contract_address: contract,
        token_id: String(token),
        event_type: isMint ? 'mint' : 'transfer',
        from_address: isMint ? null : what === 'sent' ? ours : theirs,
        to_address: what === 'sent' || what === 'minted elsewhere' ? theirs : ours,
        quantity: 1,
        timestamp: new Date(at).toISOString(),
        block_number: 13532274,
        block_hash: `0x${randomHex(64)}`,
        transaction: `0x${randomHex(64)}`,
        log_index: token % 1000,
        batch_transfer_index: 0,
        sale_details: null,
      },
    }),
    sources.simplehash,
    at,
  );
};

/** Details of an NFT changed in a watched contract. */
export const metadata = (token: number, at: number): Sent =>
  simplehashDelivery(
    JSON.stringify({
      type: 'contract.nft_metadata_update',
      nfts: [{ nft_id: `ethereum.${contract}.${token}`, name: `#${token}` }],
    }),
    sources.simplehash,
    at,
  );
