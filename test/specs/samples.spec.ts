import { expect, test } from 'vitest';
import {
  kryptosSource,
  type ProvisionedSource,
  simplehashDelivery,
  simplehashSource,
  vezgoSource,
} from '../../bench/harness/deliveries.ts';
import { openApp, timelineOf } from '../support/app.ts';
import { bodyOf, fixtures, recorded } from '../support/fixtures.ts';

type Told = { readonly title: string; readonly line: string; readonly pops: boolean };

const row = (title: string, line: string, pops = false): Told => ({ title, line, pops });
const popsUp = (title: string, line: string): Told => row(title, line, true);

/** What the tables of the providers' pages say a person sees, and whether it pops up. */
const told: Record<string, Told> = {
  'kryptos/integration.created.json': row(
    'Binance connected',
    'Main Trading Account - exchange - via API',
  ),
  'kryptos/integration.created.later-envelope.json': row(
    'Binance connected',
    'Main Trading Account - exchange - via API',
  ),
  'kryptos/integration.updated.json': row('Binance synced', '1542 transactions in all'),
  'kryptos/integration.deleted.json': row('Ethereum removed', 'DeFi Wallet'),
  'kryptos/integration.failed.json': popsUp('Kraken could not sync', 'Kryptos gave no reason'),
  'kryptos/integration.failed.later-envelope.json': popsUp(
    'Kraken could not sync',
    'API key was rejected by the exchange',
  ),
  'kryptos/transfer_detection.started.json': row(
    'Looking for transfers between your own accounts',
    '',
  ),
  'kryptos/transfer_detection.completed.json': row(
    'Transfers between your own accounts matched',
    '',
  ),
  'kryptos/transfer_detection.failed.json': popsUp(
    'Matching transfers failed',
    'Timed out while matching transfers',
  ),
  'kryptos/costbasis.started.json': row('Working out gains and losses', ''),
  'kryptos/costbasis.completed.json': popsUp('Gains and losses are up to date', ''),
  'kryptos/costbasis.completed.later-envelope.json': popsUp('Gains and losses are up to date', ''),
  'kryptos/costbasis.failed.json': popsUp(
    'Gains and losses could not be worked out',
    'Missing prices for 3 assets',
  ),
  'kryptos/integration.deleted.failed.json': popsUp(
    'Gemini could not be removed',
    'The connection could not be wiped',
  ),
  'kryptos/integration.failed.message-only.json': popsUp(
    'Gemini could not sync',
    "The plan's transaction limit is reached: raise it in Kryptos, then sync again",
  ),
  'kryptos/integration.failed.stage-message.json': popsUp(
    'Gemini could not sync',
    'The exchange did not answer',
  ),
  'kryptos/integration.updated.v2-status.json': popsUp('Gemini synced in part', ''),
  'kryptos/integration.updated.seconds.json': row('Gemini synced', '412 transactions in all'),
  'kryptos/costbasis.completed.first-grant.json': popsUp('Gains and losses are up to date', ''),
  'kryptos/costbasis.completed.second-grant.json': popsUp('Gains and losses are up to date', ''),
  'vezgo/SyncAccount.json': row('Coinbase synced', 'Balances and transactions are up to date'),
  'vezgo/SyncError.LoginFailedError.json': popsUp(
    'Binance needs new sign-in details',
    'Reconnect the account: the saved details were refused',
  ),
  'vezgo/SyncError.SecurityQuestionError.json': popsUp(
    'Kraken asks for a code or an answer',
    'Reconnect the account and answer the prompt',
  ),
  'vezgo/SyncError.TemporaryFailureError.json': row(
    'Bitcoin could not sync for now',
    'Vezgo tries again by itself',
  ),
  'vezgo/SyncError.UnhandledConnectorError.json': popsUp(
    'Gemini could not sync',
    'Vezgo did not expect this failure. If it goes on, send Vezgo the account id',
  ),
  'vezgo/SyncError.UnknownConnectorError.json': popsUp(
    'Ethereum could not sync',
    'The cause is unknown. If it goes on, send Vezgo the account id',
  ),
  'simplehash/wallet.inbound_transfer.json': popsUp(
    'NFT bought for 0.0299 ETH',
    '#4963 on OpenSea - Ethereum',
  ),
  'simplehash/wallet.inbound_transfer.unsigned.json': popsUp(
    'NFT bought for 0.0299 ETH',
    '#4963 on OpenSea - Ethereum',
  ),
  'simplehash/wallet.outbound_transfer.json': popsUp(
    'NFT left your wallet',
    '#4963 to 0x3652...a51B - Ethereum',
  ),
  'simplehash/nft.transfer.json': popsUp(
    'Watched NFT sold for 14.25 WETH',
    '#2767 - 0x9510...4004 to 0xF6E4...3eb8',
  ),
  'simplehash/contract.transfer.transfer.json': row(
    'Moved in a contract you watch',
    '#8471 - Ethereum',
  ),
  'simplehash/contract.transfer.mint.json': row(
    'Minted in a contract you watch',
    '25 x #8472 - Ethereum',
  ),
  'simplehash/contract.transfer.burn.json': row(
    'Burned in a contract you watch',
    '#8471 - Ethereum',
  ),
  'simplehash/chain.nft_metadata_update.json': row('1 NFT changed on Ethereum', '#5903'),
  'simplehash/contract.nft_metadata_update.json': row(
    '2 NFTs changed in a contract you watch',
    '#5903, #5904',
  ),
};

/** A source for each delivery, so that neither a condition nor a fold of one speaks for another. */
const sourceFor = (file: string, provider: string, signed: boolean): ProvisionedSource => {
  const id = file.replaceAll(/[^a-z]/gi, '-');
  if (provider === 'kryptos') return kryptosSource(id);
  if (provider === 'vezgo') return vezgoSource(id);
  return simplehashSource(id, signed ? {} : { secrets: [] });
};

test('every recorded delivery has its words here', () => {
  expect(fixtures.map(({ file }) => file).sort()).toEqual(Object.keys(told).sort());
  expect(fixtures).toHaveLength(35);
});

/** A few at a time: more than ten notifications a minute would come as a digest (N6). */
const groups = ['kryptos', 'vezgo', 'simplehash'].flatMap((provider) => {
  const all = fixtures.filter((fixture) => fixture.provider === provider);
  return [all.slice(0, 13), all.slice(13)]
    .filter((group) => group.length > 0)
    .map((group) => [provider, group] as const);
});

test.each(groups)(
  'each recorded delivery of %s is answered 200, gets its row, and pops up exactly where its page says so',
  async (provider, group) => {
    const deliveries = group.map((fixture) => ({
      ...fixture,
      source: sourceFor(fixture.file, provider, fixture.signed),
    }));
    await using app = await openApp({
      provision: { sources: deliveries.map(({ source }) => source) },
    });

    for (const { file, source, signed } of deliveries) {
      // A signature of years ago is refused as old by a clock of today: the same bytes, signed now.
      const stale = provider === 'simplehash' && signed;
      const sent = stale
        ? simplehashDelivery(bodyOf(file), source, app.now())
        : recorded(file, source);
      expect([file, await app.deliver(sent)]).toMatchObject([
        file,
        { status: 200, said: 'recorded' },
      ]);
    }

    const rows = (await timelineOf(app)).reverse().map((entry) => ({
      source: entry.sourceId,
      ...(entry.status === 'event' ? { title: entry.event.title, line: entry.event.summary } : {}),
    }));
    expect(rows).toEqual(
      deliveries.map(({ file, source }) => ({
        source: source.id,
        title: told[file]?.title,
        line: told[file]?.line,
      })),
    );

    const expected = deliveries
      .filter(({ file }) => told[file]?.pops)
      .map(({ file }) => told[file]?.title);
    const decided = async () =>
      (await timelineOf(app)).reverse().map(({ notification }) => notification?.shown);
    await expect
      .poll(decided, { timeout: 10_000 })
      .toEqual(deliveries.map(({ file }) => told[file]?.pops));
    expect((await app.notifications()).map(({ title }) => title)).toEqual(expected);
  },
);

test('a recorded SimpleHash delivery is refused as too old where its signature is checked, and leaves no row', async () => {
  const source = simplehashSource();
  await using app = await openApp({ provision: { sources: [source] } });
  const signed = fixtures.filter((fixture) => fixture.provider === 'simplehash' && fixture.signed);

  for (const { file } of signed) {
    expect(await app.deliver(recorded(file, source))).toMatchObject({
      status: 401,
      said: 'timestamp-stale',
    });
  }
  expect(await timelineOf(app)).toEqual([]);
  expect(await app.ask('quarantine', { before: null })).toHaveLength(signed.length);
});
