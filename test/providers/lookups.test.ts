import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedUrl } from '../../electron/outside/checked-url.ts';
import { kryptos } from '../../electron/providers/kryptos/index.ts';
import { explorableChains } from '../../electron/providers/simplehash/explorers.ts';
import { simplehash } from '../../electron/providers/simplehash/index.ts';
import { vezgo } from '../../electron/providers/vezgo/index.ts';

const bodyOf = (value: unknown) => ({ body: new TextEncoder().encode(JSON.stringify(value)) });
const transfer = (data: object) => simplehash.lookupsIn(bodyOf({ type: 'nft.transfer', data }));

const [hash, from, to] = [`0x${'a1'.repeat(32)}`, `0x${'b2'.repeat(20)}`, `0x${'c3'.repeat(20)}`];
const evm = {
  transaction: hash,
  contract_address: from,
  token_id: '42',
  from_address: `0x${'0'.repeat(40)}`,
  to_address: to,
};

describe('explorers, by chain', () => {
  test('a transfer of an EVM chain leads to transaction, NFT and holders, the zero address to nothing', () => {
    expect(transfer({ ...evm, chain: 'base' })).toEqual([
      { what: 'transaction', url: `https://basescan.org/tx/${hash}` },
      { what: 'asset', url: `https://basescan.org/nft/${from}/42` },
      { what: 'recipient', url: `https://basescan.org/address/${to}` },
    ]);
  });

  test('Solana and Bitcoin have explorers of their own', () => {
    const mint = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
    expect(transfer({ nft_id: `solana.${mint}`, transaction: '5'.repeat(88) })).toEqual([
      { what: 'transaction', url: `https://explorer.solana.com/tx/${'5'.repeat(88)}` },
      { what: 'asset', url: `https://explorer.solana.com/address/${mint}` },
    ]);
    const inscription = `${'ab'.repeat(32)}i0`;
    expect(transfer({ nft_id: `bitcoin.${inscription}`, transaction: 'cd'.repeat(32) })).toEqual([
      { what: 'transaction', url: `https://mempool.space/tx/${'cd'.repeat(32)}` },
      { what: 'asset', url: `https://ordinals.com/inscription/${inscription}` },
    ]);
  });

  test('a chain that is not known leads nowhere', () => {
    for (const chain of ['ripple', '__proto__', '', 'ethereum.evil'])
      expect(transfer({ ...evm, chain })).toEqual([]);
    expect(transfer(evm)).toEqual([]);
  });

  test('every chain leads to places that the guard lets through', () => {
    for (const chain of explorableChains)
      for (const { url } of transfer({ ...evm, chain }))
        expect(checkedUrl(url, 'app')).toMatchObject({ status: 'ok', url });
  });

  test('whatever a delivery holds, an explorer gets only plain ids (P6)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.constantFrom(
        `${hash}/../..`,
        `${hash}\n`,
        `${from}?a`,
        '../42',
        '4'.repeat(79),
        `${to}@evil.example`,
      ),
    );
    const hostile = fc.record({
      chain: fc.constantFrom(...explorableChains),
      nft_id: text,
      contract_address: fc.oneof(text, fc.constant(from)),
      token_id: text,
      transaction: text,
      from_address: text,
      to_address: text,
    });
    fc.assert(
      fc.property(hostile, (data) => {
        for (const { url } of transfer(data)) {
          expect(url).toMatch(/^https:\/\/[a-z.]+(?:\/[0-9a-zA-Z]+)+$/);
          expect(checkedUrl(url, 'app')).toMatchObject({ status: 'ok', url });
        }
      }),
    );
  });
});

describe('what leads from other deliveries', () => {
  test('a wallet of Kryptos is looked up only where its connection is one chain', () => {
    const wallet = (provider: string) =>
      kryptos.lookupsIn(
        bodyOf({ event: 'integration.updated', data: { provider, publicAddress: from } }),
      );
    expect(wallet('ethereum')).toEqual([
      { what: 'wallet', url: `https://etherscan.io/address/${from}` },
    ]);
    for (const provider of ['metamask', 'binance', 'solana', 'constructor'])
      expect(wallet(provider)).toEqual([]);
  });

  test('a body that cannot be read leads nowhere', () => {
    for (const { lookupsIn } of [kryptos, vezgo, simplehash])
      for (const body of ['', 'null', '[]', '{"data":[]}', '\u0000'])
        expect(lookupsIn({ body: new TextEncoder().encode(body) })).toEqual([]);
  });
});
