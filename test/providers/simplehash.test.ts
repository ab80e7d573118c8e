import { describe, expect, test } from 'vitest';
import { secrets, simplehashSignature } from '../../bench/harness/deliveries.ts';
import {
  credentials,
  delivery,
  eventFrom,
  factsOf,
  noon,
  plainly,
  reading,
  sample,
  simplehash,
  trusted,
  verified,
} from './samples.ts';

const ours = credentials({ secrets: [secrets.simplehash] });

describe('recorded deliveries', () => {
  test.each([
    [
      'wallet.inbound_transfer',
      'nft.received',
      'info',
      'NFT bought for 0.0299 ETH',
      '#4963 on OpenSea - Ethereum',
    ],
    [
      'wallet.outbound_transfer',
      'nft.sent',
      'warning',
      'NFT left your wallet',
      '#4963 to 0x3652...a51B - Ethereum',
    ],
    [
      'nft.transfer',
      'nft.moved',
      'info',
      'Watched NFT sold for 14.25 WETH',
      '#2767 - 0x9510...4004 to 0xF6E4...3eb8',
    ],
    [
      'contract.transfer.transfer',
      'contract.activity',
      'info',
      'Moved in a contract you watch',
      '#8471 - Ethereum',
    ],
    [
      'contract.transfer.mint',
      'contract.activity',
      'info',
      'Minted in a contract you watch',
      '25 x #8472 - Ethereum',
    ],
    [
      'contract.transfer.burn',
      'contract.activity',
      'info',
      'Burned in a contract you watch',
      '#8471 - Ethereum',
    ],
    ['chain.nft_metadata_update', 'nft.metadata', 'info', '1 NFT changed on Ethereum', '#5903'],
    [
      'contract.nft_metadata_update',
      'nft.metadata',
      'info',
      '2 NFTs changed in a contract you watch',
      '#5903, #5904',
    ],
  ])('Q8 %s is verified and told as it is', (name, kind, severity, title, summary) => {
    const recorded = sample(`simplehash/${name}.json`);
    expect(simplehash.authenticate(recorded, ours)).toEqual({ status: 'verified', secret: 0 });

    const type = name.replace(/\.(transfer|mint|burn)$/, (end) =>
      name.startsWith('contract.transfer.') ? '' : end,
    );
    expect(simplehash.understand(recorded, verified).reading).toMatchObject({
      status: 'event',
      event: { type, kind, severity, title, summary, account: null },
    });
  });

  test('Q8 wallet.inbound_transfer without a signature is trusted by a source without a secret, and by no other', () => {
    const recorded = sample('simplehash/wallet.inbound_transfer.unsigned.json');
    expect(simplehash.authenticate(recorded, credentials())).toEqual(trusted);
    expect(simplehash.authenticate(recorded, ours)).toMatchObject({
      reason: 'signature-missing',
      answer: 401,
    });
    expect(simplehash.understand(recorded, trusted).reading).toMatchObject({
      event: { title: 'NFT bought for 0.0299 ETH', occurredAt: Date.parse('2021-11-01T16:42:15Z') },
    });
  });
});

const body = '{"type":"nft.transfer","data":{}}';
const now = Math.floor(noon / 1000);
const digestOf = (
  key: string | Buffer,
  id: string,
  at: number | string,
  signed: string | Uint8Array = body,
) => simplehashSignature(key, id, at, signed);

const key = Buffer.from(secrets.simplehash, 'base64');
const signature = `v1,${digestOf(key, 'msg_1', now)}`;
const signed = (changes: Record<string, string | undefined> = {}, names = 'webhook') => {
  const values = { id: 'msg_1', timestamp: String(now), signature, ...changes };
  return delivery({
    body,
    headers: Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`${names}-${name}`, value] as const],
    ),
  });
};

describe('the signature', () => {
  test('is accepted under the names of Svix too', () => {
    expect(simplehash.authenticate(signed({}, 'Svix'), ours).status).toBe('verified');
  });

  test('may be one of several while a secret is rotated', () => {
    const others = `v1a,${'x'.repeat(80)} v1,${digestOf('other', 'msg_1', now)} v2,abc`;
    expect(
      simplehash.authenticate(signed({ signature: `${others} ${signature}` }), ours).status,
    ).toBe('verified');
  });

  test('accepts a secret with the prefix whsec_', () => {
    const prefixed = credentials({ secrets: [`whsec_${secrets.simplehash}`] });
    expect(simplehash.authenticate(signed(), prefixed).status).toBe('verified');
  });

  test("Q8 of either secret is accepted, and the proof has the secret's index", () => {
    const rotated = credentials({
      secrets: ['bmV3LXNlY3JldC1vZi0yNC1ieXRlcw==', secrets.simplehash],
    });
    expect(simplehash.authenticate(signed(), rotated)).toEqual({ status: 'verified', secret: 1 });
  });

  test('Q8 covers bytes that are not UTF-8, and an empty body', () => {
    for (const bytes of [Uint8Array.from([0xff, 0x00]), new Uint8Array()]) {
      const headers = {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': `v1,${digestOf(key, 'msg_1', now, bytes)}`,
      };
      expect(simplehash.authenticate(delivery({ headers, body: bytes }), ours).status).toBe(
        'verified',
      );
    }
  });

  test.each([
    ['the id', { id: 'msg_2' }],
    ['the time', { timestamp: String(now - 1) }],
    ['the key', { signature: `v1,${digestOf('guessed', 'msg_1', now)}` }],
    ['the body', { signature: `v1,${digestOf(key, 'msg_1', now, `${body} `)}` }],
    [
      'the key, which is the text of the secret,',
      { signature: `v1,${digestOf(secrets.simplehash, 'msg_1', now)}` },
    ],
  ])('Q8 is wrong when %s is another', (_, changes) => {
    expect(simplehash.authenticate(signed(changes), ours)).toEqual({
      status: 'rejected',
      reason: 'signature-wrong',
      answer: 401,
    });
  });

  test.each([
    ['no signature', { signature: undefined }, 'signature-missing'],
    ['no time', { timestamp: undefined }, 'timestamp-missing'],
    ['no id', { id: undefined }, 'signature-missing'],
    ['an empty signature', { signature: '' }, 'signature-malformed'],
    ['no version', { signature: signature.slice(3) }, 'signature-malformed'],
    ['a short digest', { signature: 'v1,YWJj' }, 'signature-malformed'],
    ['characters that are no base64', { signature: `v1,${'é'.repeat(44)}` }, 'signature-malformed'],
    ['only other versions', { signature: signature.replace('v1', 'v2') }, 'signature-malformed'],
  ])('A6 with %s is refused without an exception', (_, changes, reason) => {
    expect(simplehash.authenticate(signed(changes), ours)).toMatchObject({
      status: 'rejected',
      reason,
      answer: 401,
    });
  });

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'A6 is refused when %s comes twice',
    (name) => {
      const { headers, ...rest } = signed();
      const twice = {
        ...rest,
        headers: [...headers, ...headers.filter(([given]) => given === name)],
      };
      expect(simplehash.authenticate(twice, ours)).toMatchObject({
        reason: 'signature-malformed',
        answer: 401,
      });
    },
  );

  test('is wrong for a secret that is not base64, and the reason says so', () => {
    for (const secret of ['not base64!', 'whsec_', 'abcde']) {
      expect(simplehash.authenticate(signed(), credentials({ secrets: [secret] }))).toMatchObject({
        reason: 'signature-wrong',
        detail: 'the secret of this source is not base64, so nothing fits it',
      });
    }
  });

  test('proves nothing to a source without a secret, right or wrong', () => {
    expect(simplehash.authenticate(signed({ signature: 'v1,x' }), credentials())).toEqual(trusted);
  });
});

describe('the signed time', () => {
  const at = (seconds: number | string, receivedAt = noon) =>
    simplehash.authenticate(
      {
        ...signed({
          timestamp: String(seconds),
          signature: `v1,${digestOf(key, 'msg_1', seconds)}`,
        }),
        receivedAt,
      },
      ours,
    );

  test('Q8 may be five minutes off either way', () => {
    expect(at(now - 300).status).toBe('verified');
    expect(at(now + 300).status).toBe('verified');
  });

  test.each([
    [now - 301, 'signed 5 minutes before it arrived'],
    [now + 301, 'signed 5 minutes after it arrived'],
    [now - 14 * 60, 'signed 14 minutes before it arrived'],
    [now - 3 * 3600, 'signed 3 hours before it arrived'],
    [now + 400 * 86400, 'signed 400 days after it arrived'],
  ])('Q8 further off is refused in words about the clock: %d', (seconds, words) => {
    expect(at(seconds)).toEqual({
      status: 'rejected',
      reason: 'timestamp-stale',
      answer: 401,
      detail: `${words}; is this computer's clock right?`,
    });
  });

  test.each(['', 'soon', '1.5', '-5', '0x10', '9'.repeat(30)])(
    'that is no time is refused: %j',
    (text) => {
      expect(at(text)).toMatchObject({ status: 'rejected', reason: 'timestamp-missing' });
    },
  );

  test('is checked after the secret, so that a wrong secret is reported', () => {
    const old = signed({ timestamp: '1', signature: `v1,${digestOf('guessed', 'msg_1', 1)}` });
    expect(simplehash.authenticate(old, ours)).toMatchObject({ reason: 'signature-wrong' });
  });
});

const transfer = (data: object, type = 'wallet.inbound_transfer') => ({
  type,
  data: {
    nft_id: 'ethereum.0x495f947276749ce646f68ac8c248420045cb7b5e.8471',
    chain: 'ethereum',
    contract_address: '0x495f947276749Ce646f68AC8c248420045cb7b5e',
    token_id: '8471',
    from_address: '0x951038bB372D16180c0AFB0f46aB283059154004',
    to_address: '0xc31C535F4d9A789df0c16D461B4F811543b72FEb',
    quantity: 1,
    transaction: '0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    log_index: 17,
    batch_transfer_index: 0,
    block_hash: '0xaa',
    sale_details: null,
    ...data,
  },
});
const sale = (details: object = {}) => ({
  sale_details: {
    marketplace_name: 'OpenSea',
    is_bundle_sale: false,
    payment_token: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    unit_price: null,
    total_price: 1e18,
    ...details,
  },
});

describe('a transfer', () => {
  const zero = `0x${'0'.repeat(40)}`;

  test.each([
    [
      'wallet.inbound_transfer',
      'sale',
      'NFT bought for 1 ETH',
      '#8471 on OpenSea - Ethereum',
      'info',
    ],
    ['wallet.inbound_transfer', 'mint', 'NFT minted to your wallet', '#8471 - Ethereum', 'info'],
    [
      'wallet.inbound_transfer',
      'transfer',
      'NFT received',
      '#8471 from 0x9510...4004 - Ethereum',
      'info',
    ],
    [
      'wallet.inbound_transfer',
      'burn',
      'NFT received',
      '#8471 from 0x9510...4004 - Ethereum',
      'info',
    ],
    [
      'wallet.outbound_transfer',
      'sale',
      'Your NFT sold for 1 ETH',
      '#8471 on OpenSea - Ethereum',
      'info',
    ],
    [
      'wallet.outbound_transfer',
      'burn',
      'NFT burned from your wallet',
      '#8471 - Ethereum',
      'warning',
    ],
    [
      'wallet.outbound_transfer',
      'transfer',
      'NFT left your wallet',
      '#8471 to 0xc31C...2FEb - Ethereum',
      'warning',
    ],
    [
      'wallet.outbound_transfer',
      'mint',
      'NFT left your wallet',
      '#8471 to 0xc31C...2FEb - Ethereum',
      'warning',
    ],
    [
      'nft.transfer',
      'sale',
      'Watched NFT sold for 1 ETH',
      '#8471 - 0x9510...4004 to 0xc31C...2FEb',
      'info',
    ],
    [
      'nft.transfer',
      'mint',
      'Watched NFT minted',
      '#8471 - 0x9510...4004 to 0xc31C...2FEb',
      'info',
    ],
    [
      'nft.transfer',
      'burn',
      'Watched NFT burned',
      '#8471 - 0x9510...4004 to 0xc31C...2FEb',
      'info',
    ],
    [
      'nft.transfer',
      'transfer',
      'Watched NFT moved',
      '#8471 - 0x9510...4004 to 0xc31C...2FEb',
      'info',
    ],
    [
      'contract.transfer',
      'sale',
      'Sold in a contract you watch',
      '#8471 for 1 ETH - Ethereum',
      'info',
    ],
    ['contract.transfer', 'mint', 'Minted in a contract you watch', '#8471 - Ethereum', 'info'],
    ['contract.transfer', 'burn', 'Burned in a contract you watch', '#8471 - Ethereum', 'info'],
    ['contract.transfer', 'transfer', 'Moved in a contract you watch', '#8471 - Ethereum', 'info'],
  ])('%s that is a %s is told as it is', (type, event_type, title, summary, severity) => {
    expect(eventFrom(simplehash, transfer({ event_type, ...sale() }, type))).toMatchObject({
      title,
      summary,
      severity,
    });
  });

  test.each([
    ['Mint', { from_address: null }],
    ['Mint', { from_address: zero, ...sale() }],
    ['Burn', { to_address: null, ...sale() }],
    ['Burn', { to_address: zero }],
    ['Sale', sale()],
    ['Transfer', {}],
    ['Transfer', { event_type: 'transfer', from_address: null }],
    ['Sale', { event_type: 'SALE' }],
    ['Burn', { event_type: 'airdrop', to_address: null }],
  ])('is a %s by its first sign: %j', (what, data) => {
    expect(factsOf(eventFrom(simplehash, transfer(data, 'nft.transfer')), 'What')).toEqual([what]);
  });

  test('names one side when the other has no holder', () => {
    const summary = (data: object) => eventFrom(simplehash, transfer(data, 'nft.transfer')).summary;
    expect(summary({ from_address: null })).toBe('#8471 - to 0xc31C...2FEb');
    expect(summary({ to_address: zero })).toBe('#8471 - from 0x9510...4004');
    expect(summary({ from_address: null, to_address: null })).toBe('#8471');
  });

  test.each([
    [{ token_id: '8'.repeat(78) }, '#8888...8888'],
    [{ token_id: 8471 }, '#8471'],
    [
      { token_id: null, contract_address: 'DRiP2Pn2K6fuMLKQmt5rZWyHiUZ6WK3GChEySUpHSS4x' },
      'DRiP...SS4x',
    ],
    [{ token_id: null, contract_address: null }, '#8471'],
    [
      { token_id: null, contract_address: null, nft_id: 'solana.DRiP2Pn2K6fuMLKQmt5rZ' },
      'DRiP...t5rZ',
    ],
    [{ token_id: null, contract_address: null, nft_id: null }, 'An NFT'],
    [{ quantity: 25 }, '25 x #8471'],
    [{ quantity: 1, quantity_string: '9007199254740993' }, '9007199254740993 x #8471'],
    [{ quantity_string: '9'.repeat(81) }, 'a number too long to show x #8471'],
    [{ quantity: 0 }, '#8471'],
    [{ quantity: -3 }, '#8471'],
    [{ quantity: null }, '#8471'],
  ])('names what moved: %j', (data, asset) => {
    expect(eventFrom(simplehash, transfer(data, 'contract.transfer')).summary).toBe(
      `${asset} - Ethereum`,
    );
  });

  test('keeps the digits of a token id and a quantity beyond 2^53', () => {
    const source = JSON.stringify(transfer({ token_id: 0, quantity: 1 }, 'contract.transfer'));
    const event = eventFrom(
      simplehash,
      source
        .replace('"token_id":0', '"token_id":12345678901234567890')
        .replace('"quantity":1', '"quantity":9007199254740993'),
    );
    expect(factsOf(event, 'Token')).toEqual(['12345678901234567890']);
    expect(event.summary).toBe('9007199254740993 x #1234...7890 - Ethereum');
  });

  test("takes its chain from the NFT's id when it names none", () => {
    expect(eventFrom(simplehash, transfer({ chain: null }, 'contract.transfer')).summary).toBe(
      '#8471 - Ethereum',
    );
    expect(
      eventFrom(simplehash, transfer({ chain: null, nft_id: 'x' }, 'contract.transfer')).summary,
    ).toBe('#8471');
  });

  test('has its block time, however old', () => {
    expect(eventFrom(simplehash, transfer({ timestamp: '2017-06-23T21:05:01Z' })).occurredAt).toBe(
      Date.UTC(2017, 5, 23, 21, 5, 1),
    );
    expect(eventFrom(simplehash, transfer({ timestamp: 'now' })).occurredAt).toBeNull();
  });

  test('has complete ids in the details', () => {
    const { facts } = eventFrom(simplehash, transfer({}));
    for (const [label, value] of [
      ['From', '0x951038bB372D16180c0AFB0f46aB283059154004'],
      ['To your wallet', '0xc31C535F4d9A789df0c16D461B4F811543b72FEb'],
      ['Transaction', '0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'],
    ]) {
      expect(facts).toContainEqual(expect.objectContaining({ form: 'code', label, value }));
    }
  });
});

describe('a price', () => {
  const title = (details: object, data: object = {}) =>
    eventFrom(simplehash, transfer({ ...sale(details), ...data })).title;
  const token = (more: object) => ({
    payment_token: { name: 'Ether', symbol: 'ETH', decimals: 18, ...more },
  });

  test.each([
    ['0.029900000000000001 ETH', { total_price: '29900000000000001' }],
    ['0.0299 ETH', { total_price: 29900000000000000 }],
    ['1000000 ETH', { total_price: '1000000000000000000000000' }],
    ['0 ETH', { total_price: 0 }],
    ['0.000000000000000001 ETH', { total_price: 1 }],
    ['5 ETH', { total_price: 5, ...token({ decimals: 0 }) }],
    ['1.5 USDC', { total_price: 1500000, ...token({ decimals: 6, symbol: 'USDC' }) }],
    [`0.${'0'.repeat(35)}1 ETH`, { total_price: 1, ...token({ decimals: 36 }) }],
    ['2 Ether', { total_price: '2e18', ...token({ symbol: null }) }],
    ['2', { total_price: '2e18', ...token({ symbol: null, name: null }) }],
    ['3 ETH', { total_price: null, unit_price: '3e18' }],
    [`2 ${'S'.repeat(19)}…`, { total_price: '2e18', ...token({ symbol: 'S'.repeat(50) }) }],
  ])('is exact: %s', (price, details) => {
    expect(title(details)).toBe(`NFT bought for ${price}`);
  });

  test.each([
    ['no token', { payment_token: null }],
    ['no decimals', token({ decimals: null })],
    ['negative decimals', token({ decimals: -1 })],
    ['too many decimals', token({ decimals: 37 })],
    ['absurd decimals', token({ decimals: 1e9 })],
    ['decimals that are not whole', token({ decimals: 1.5 })],
    ['a negative price', { total_price: -1 }],
    ['a fractional price', { total_price: '1.5' }],
    ['a price too long to show', { total_price: '9'.repeat(81) }],
    [
      'a bundle without prices',
      { is_bundle_sale: true, payment_token: null, unit_price: null, total_price: null },
    ],
  ])('is not shown with %s', (_, details) => {
    expect(title(details)).toBe('NFT bought');
  });

  test('of one piece is multiplied by a known quantity', () => {
    const each = { total_price: null, unit_price: '1500000000000000001' };
    expect(title(each, { quantity: 3 })).toBe('NFT bought for 4.500000000000000003 ETH');
    expect(title(each, { quantity: null })).toBe('NFT bought');
    expect(title(each, { quantity: 0 })).toBe('NFT bought');
    expect(title({ ...each, total_price: 1.5 }, { quantity: 3 })).toBe('NFT bought');
  });

  test('keeps its digits from the body to the title', () => {
    const source = JSON.stringify(transfer(sale({ total_price: 0 }))).replace(
      '"total_price":0',
      '"total_price":29900000000000001',
    );
    const event = eventFrom(simplehash, source);
    expect(event.title).toBe('NFT bought for 0.029900000000000001 ETH');
    expect(factsOf(event, 'Price')).toEqual(['0.029900000000000001 ETH']);
  });

  test('is never cut: a notification leaves out one that is too long', () => {
    const event = eventFrom(simplehash, transfer(sale({ total_price: '9'.repeat(70) })));
    expect(event.title).toContain(`${'9'.repeat(52)}.`);
    expect(event.shortTitle).toBe('NFT bought');
  });

  test('that is invalid appears in the details in the smallest unit', () => {
    const event = eventFrom(simplehash, transfer(sale({ total_price: '9'.repeat(81) })));
    expect(factsOf(event, 'Price in the smallest unit')).toEqual(['a number too long to show']);
  });

  test('in dollars is exact too', () => {
    const event = eventFrom(simplehash, transfer(sale({ unit_price_usd_cents: 123456 })));
    expect(factsOf(event, 'Price of one in US dollars')).toEqual(['1234.56']);
  });
});

describe('changed details', () => {
  const update = (nfts: unknown, type = 'chain.nft_metadata_update') => ({ type, nfts });
  const nft = (token: number, name: string | null = null) => ({
    nft_id: `polygon.0xabc.${token}`,
    name,
  });

  test('of many NFTs are one row with three names and the number of others', () => {
    const event = eventFrom(
      simplehash,
      update([nft(1, 'One'), nft(2), nft(3, 'Three'), nft(4), nft(5)]),
    );
    expect(event).toMatchObject({
      title: '5 NFTs changed on Polygon',
      summary: 'One, #2, Three and 2 more',
    });
  });

  test('have each id beside its name, since names may be equal', () => {
    const event = eventFrom(simplehash, update([nft(1, '#5903'), nft(2, '#5903')]));
    expect(factsOf(event, 'NFT 1')).toEqual(['polygon.0xabc.1']);
    expect(factsOf(event, 'NFT 2')).toEqual(['polygon.0xabc.2']);
  });

  test('of two hundred NFTs list ten and count the others', () => {
    const event = eventFrom(
      simplehash,
      update(Array.from({ length: 200 }, (_, token) => nft(token))),
    );
    expect(event.title).toBe('200 NFTs changed on Polygon');
    expect(factsOf(event, 'More')).toEqual(['190 more are in the payload']);
  });

  test.each([
    [[], '0 NFTs changed on a chain you watch', ''],
    [[null, 'x', {}], '3 NFTs changed on a chain you watch', 'An NFT, An NFT, An NFT'],
    [
      [nft(1, '\u202e<b>free</b>\n claim at evil.example')],
      '1 NFT changed on Polygon',
      '<b>free</b> claim at evil.example',
    ],
    [[{ nft_id: 'solana.DRiP2Pn2K6fuMLKQmt5rZ' }], '1 NFT changed on Solana', 'DRiP...t5rZ'],
    [
      [{ nft_id: 'ethereum.0xa.1' }, { nft_id: 'polygon.0xa.2' }],
      '2 NFTs changed on several chains',
      '#1, #2',
    ],
    [
      [...Array.from({ length: 12 }, () => ({ nft_id: 'base.0xa.1' })), { nft_id: 'ink.0xa.2' }],
      '13 NFTs changed on several chains',
      '#1, #1, #1 and 10 more',
    ],
    [[{ nft_id: 'ethereum\u202e\u0007.0xa.1' }], '1 NFT changed on Ethereum', '#1'],
  ])('may be of anything: %j', (nfts, title, summary) => {
    expect(eventFrom(simplehash, update(nfts))).toMatchObject({ title, summary });
  });
});

describe('a delivery that is not understood', () => {
  test.each([
    [{ type: 'chain.floor_price_update', data: {} }, 'chain.floor_price_update'],
    [{}, null],
  ])('A7 A9 is kept with the type it claims: %j', (body, type) => {
    expect(reading(simplehash, body)).toEqual({ status: 'unrecognized', type });
  });

  test.each([
    [{ type: 'wallet.inbound_transfer' }, 'NFT received', 'nft.received', 'info', 'missing'],
    [
      { type: 'wallet.outbound_transfer' },
      'NFT left your wallet',
      'nft.sent',
      'warning',
      'missing',
    ],
    [{ type: 'nft.transfer', nfts: [] }, 'Watched NFT moved', 'nft.moved', 'info', 'missing'],
    [
      { type: 'contract.transfer', data: [transfer({}).data] },
      'Activity in a contract you watch',
      'contract.activity',
      'info',
      'not an object',
    ],
    [
      { type: 'chain.nft_metadata_update', data: {} },
      'NFTs changed on a chain you watch',
      'nft.metadata',
      'info',
      'missing',
    ],
    [
      { type: 'contract.nft_metadata_update', nfts: {} },
      'NFTs changed in a contract you watch',
      'nft.metadata',
      'info',
      'not a list',
    ],
  ])('of a known type is told as what its type says: %j', (body, words, kind, severity, what) => {
    expect(eventFrom(simplehash, body)).toMatchObject({
      title: `${words}, content not understood`,
      summary: expect.stringContaining(what),
      kind,
      severity,
    });
  });

  test.each(['', '[]', '{'])('R6 A7 A8 is unreadable, not an error: %j', (body) => {
    expect(reading(simplehash, body)).toMatchObject({ status: 'unreadable' });
  });
});

describe('a duplicate', () => {
  const keys = (body: object | string, proof = trusted, id = 'msg_1') =>
    simplehash.understand(
      delivery({
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'webhook-id': id },
      }),
      proof,
    ).idempotencyKeys;

  test('R10 of a signed delivery is recognized by its signed id and its transfer', () => {
    const [byId, byTransfer] = keys(transfer({}), verified);
    expect(keys(transfer({}), verified, 'msg_2')[0].id).not.toBe(byId.id);
    expect(keys(transfer({}), verified, 'msg_2')[1]).toEqual(byTransfer);
    expect(byId).toMatchObject({ differing: 'conflict', withinMs: null });
  });

  test('R10 of a delivery with Svix headers is recognized by its id too', () => {
    const headers = { 'svix-id': 'msg_1' };
    const { idempotencyKeys } = simplehash.understand(
      delivery({ body: JSON.stringify(transfer({})), headers }),
      verified,
    );
    expect(idempotencyKeys).toEqual(keys(transfer({}), verified));
  });

  test('R10 of an unsigned delivery is recognized by its transfer, not by its headers', () => {
    expect(keys(transfer({}), trusted, 'msg_1')).toEqual(keys(transfer({}), trusted, 'msg_2'));
    expect(keys(transfer({}))).toHaveLength(1);
    expect(keys(transfer({}))[0].withinMs).toBeNull();
  });

  test.each([
    { chain: 'polygon' },
    { transaction: '0x11' },
    { log_index: 18 },
    { batch_transfer_index: 1 },
    { nft_id: 'ethereum.0x1.2' },
    { from_address: null },
    { to_address: null },
  ])('R10 is none when %j differs', (change) => {
    expect(keys(transfer(change))[0].id).not.toBe(keys(transfer({}))[0].id);
  });

  test('R10 has the same type: a wallet and a contract may both be watched', () => {
    expect(keys(transfer({}, 'contract.transfer'))[0].id).not.toBe(keys(transfer({}))[0].id);
  });

  test('R10 ignores letter case on EVM chains', () => {
    const { contract_address, from_address, nft_id } = transfer({}).data;
    const shouted = transfer({
      chain: 'Ethereum',
      contract_address: contract_address.toUpperCase(),
      from_address: from_address.toLowerCase(),
      nft_id: nft_id.replace('0x495f', '0x495F'),
    });
    expect(keys(shouted)[0].id).toBe(keys(transfer({}))[0].id);
  });

  test('R10 respects letter case on other chains', () => {
    const solana = (from_address: string) => transfer({ chain: 'solana', from_address });
    expect(keys(solana('DRiP2Pn'))[0].id).not.toBe(keys(solana('drip2pn'))[0].id);
  });

  test('of a transfer in another block gets a note and is no conflict', () => {
    const [first] = keys(transfer({}));
    const [moved] = keys(transfer({ block_hash: '0xbb' }));
    expect(moved.id).toBe(first.id);
    expect(moved.version).not.toBe(first.version);
    expect(moved.differing).toEqual({ note: 'Also reported in block 0xbb' });
  });

  test('R10 of an unsigned metadata update is recognized by its bytes for a day', () => {
    const [key] = keys({ type: 'chain.nft_metadata_update', nfts: [] });
    expect(key.withinMs).toBe(24 * 3_600_000);
    expect(keys({ type: 'chain.nft_metadata_update', nfts: [{}] })[0].id).not.toBe(key.id);
  });

  test('needs a transaction in the transfer', () => {
    const nameless = (token_id: string) => keys(transfer({ transaction: null, token_id }))[0].id;
    expect(nameless('1')).not.toBe(nameless('2'));
  });
});

test('an explanation says whether the delivery is signed', () => {
  expect(simplehash.explain(trusted, plainly).unproven.join(' ')).toContain('Not signed');
  expect(
    simplehash.explain({ status: 'verified', secret: 1 }, plainly).checked.join(' '),
  ).toContain('older');
});
