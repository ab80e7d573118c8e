import { describe, expect, test } from 'vitest';
import type { Announcement } from '../../electron/notifications/announcement.ts';
import {
  countNotification,
  digestNotification,
  singleNotification,
} from '../../electron/notifications/wording.ts';

const announcement = (changed: Partial<Announcement>): Announcement => ({
  kind: 'sync.failed',
  sourceId: 'source',
  sourceName: 'Kryptos',
  title: 'Binance could not sync',
  body: 'The key was revoked',
  quiet: false,
  simulated: false,
  opening: { what: 'entry', seq: 1 },
  decided: () => {},
  ...changed,
});
const shown = (changed: Partial<Announcement>) =>
  singleNotification('id', announcement(changed), 'full');
const graphemes = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;

const names = {
  'of letters': 'Grandmother’s very old account at the bank of somewhere far away in the south',
  'of emoji': '👩‍👩‍👧‍👦'.repeat(80),
  'of stacked marks': 'a\u0301\u0302\u0303'.repeat(80),
  'written from right to left': `\u2068${'חשבון '.repeat(20)}\u2069`,
};

describe.each(Object.entries(names))('an account with a long name %s', (_, accountName) => {
  const failed = shown({ accountName, title: `${accountName} could not sync` });
  const recovered = shown({ accountName, title: `${accountName} works again` });

  test('has the same name in its failure and its recovery, whose sentences stay whole (N5)', () => {
    expect(failed.title).toMatch(/….* could not sync$/);
    expect(recovered.title).toMatch(/….* works again$/);
    expect(failed.title.replace(' could not sync', '')).toBe(
      recovered.title.replace(' works again', ''),
    );
  });

  test('fits with its sentence (N5)', () => {
    const full = shown({ accountName, title: `${accountName} asks for a code or an answer` });
    expect(graphemes(full.title)).toBeLessThanOrEqual(80);
    expect(full.title.endsWith(' asks for a code or an answer')).toBe(true);
  });
});

test('a long reason leaves the name of its source visible (N5)', () => {
  const { body } = shown({ body: 'x'.repeat(4000), simulated: true });
  expect(graphemes(body)).toBeLessThanOrEqual(240);
  expect(body.endsWith('…\nKryptos · simulated')).toBe(true);
});

test("a source's long name fits and leaves the sentence around it whole (N5)", () => {
  const sourceName = 'The source that somebody named very much at length, and more';
  const { title, body } = shown({
    sourceName,
    title: `Deliveries for ${sourceName} fail the signature check`,
    body: 'x'.repeat(500),
  });
  expect(title).toBe(
    'Deliveries for The source that somebody named very muc… fail the signature check',
  );
  expect(graphemes(body)).toBeLessThanOrEqual(240);
  expect(body.endsWith('\nThe source that somebody named very muc…')).toBe(true);
});

describe('no e-mail address is shown', () => {
  const addresses = [
    'ann.example+hooks@mail.example.com',
    'ann@localhost',
    'ann@exampl…',
    'ann＠example.com',
    'ann%40example.com',
    'ænn@exämple.org',
  ];
  test.each(addresses)('as the name of an account: %s', (address) => {
    const { title } = shown({ accountName: address, title: `${address} could not sync` });
    expect(title).toBe('(e-mail hidden) could not sync');
  });
  test.each(addresses)('in a reason: %s', (address) => {
    const { body } = shown({ body: `No account for <${address}>, ask ${address}.` });
    expect(body).toBe('No account for <(e-mail hidden)>, ask (e-mail hidden)\nKryptos');
  });
  test.each(addresses)('as the name of a source: %s', (address) => {
    expect(shown({ sourceName: address }).body).toBe('The key was revoked\n(e-mail hidden)');
  });
  test('where the cut would split it', () => {
    const accountName = `The account of ann.with.a.long.name.indeed@mail.example.com`;
    const { title } = shown({ accountName, title: `${accountName} could not sync` });
    expect(title).toBe('The account of (e-mail hidden) could not sync');
  });
  test('in a count', () => {
    const told = ['ann@example.com', 'bob@example.com'].map((name) =>
      announcement({ accountName: name, thing: name, title: `${name} could not sync` }),
    );
    expect(countNotification('id', told, 'full').body).toBe('(e-mail hidden)\nKryptos');
  });
});

test.each([
  ['65f1c0ffee65f1c0ffee65f1', '65f1...65f1'],
  ['0x52908400098527886E0F7030069857D2E4169EE7', '0x52...9EE7'],
  ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '3f25...3301'],
  ['wallet_9f86d081884c7d659a2f', 'wall...9a2f'],
  ['Internationalisation', 'Internationalisation'],
  ['BTC-USDT-2024-01-01', 'BTC-USDT-2024-01-01'],
])('a raw id is shortened, a word is not: %s', (text, said) => {
  expect(shown({ body: `Wallet ${text} failed` }).body).toBe(`Wallet ${said} failed\nKryptos`);
});

test('foreign control and bidi characters are removed, and isolates stay in pairs (N5)', () => {
  const { title, body } = shown({
    title: '\u2068שלום\u2069 could\u202e not\u0007 sync\u2066',
    body: 'one\ntwo\u2067\u061c three\u2068',
    sourceName: 'Kryp\u202etos\n',
  });
  expect(title).toBe('\u2068שלום\u2069 could not sync');
  expect(body).toBe('one two three\nKryptos');
});

test('a hostile text takes little time', () => {
  const hostile = ['a@'.repeat(2000), '\u2068'.repeat(4000), '0'.repeat(4000), '@'.repeat(4000)];
  const begun = performance.now();
  for (const body of hostile) shown({ body, title: body });
  expect(performance.now() - begun).toBeLessThan(200);
});

describe('failures and NFTs are named, as many as fit (N6)', () => {
  const accounts = (count: number, long = '') =>
    Array.from({ length: count }, (_, at) => {
      const accountName = `Account ${at + 1}${long}`;
      return announcement({
        accountName,
        thing: accountName,
        title: `${accountName} could not sync`,
      });
    });
  const nfts = (kind: 'nft.sent' | 'nft.received', count: number) =>
    Array.from({ length: count }, (_, at) => {
      const nft = `#${at + 1} from 0x52...9EE7 · Ethereum`;
      return announcement({
        kind,
        title: 'NFT received',
        body: nft,
        nft,
        sourceName: 'SimpleHash',
      });
    });

  test('in a count of accounts', () => {
    const { title, body } = countNotification('id', accounts(60), 'full');
    expect(title).toBe('60 accounts could not sync');
    expect(body).toMatch(/^Account 1, Account 2, .*Account 19 and 41 more\nKryptos$/);
  });

  test('in a count of NFTs', () => {
    expect(countNotification('id', nfts('nft.received', 27), 'full')).toMatchObject({
      title: '27 NFTs received',
      body: expect.stringMatching(
        /^#1 from 0x52\.\.\.9EE7 · Ethereum, #2 from .* and 2\d more\nSimpleHash$/,
      ),
    });
  });

  test('in a digest of all of them, whose title names the gravest', () => {
    const { title, body } = digestNotification(
      'id',
      [
        ...nfts('nft.sent', 1),
        ...accounts(3, ' of somewhere far away'),
        ...nfts('nft.received', 9),
      ],
      'full',
    );
    expect(title).toBe('NFT received, and 12 more');
    expect(body).toMatch(/^#1 from 0x52/);
    expect(body).toContain('3 accounts could not sync: Account 1');
    expect(body).toContain('9 NFTs received: #1 from');
    expect(graphemes(body)).toBeLessThanOrEqual(240);
  });

  test('in a digest with a headline, also where each has a long name', () => {
    const { body } = digestNotification(
      'id',
      [
        ...accounts(5, ' of somewhere very far away'),
        ...nfts('nft.sent', 4),
        ...nfts('nft.received', 9),
      ],
      'full',
      (count) => `${count} events during quiet hours`,
    );
    expect(body).toMatch(
      /could not sync: Account 1.* and 4 more; .*: #1 from.* and 3 more; .*: #1/,
    );
    expect(graphemes(body)).toBeLessThanOrEqual(240);
  });

  test('and in no digest that is to show less', () => {
    const { title, body } = digestNotification(
      'id',
      [...accounts(2), ...nfts('nft.sent', 2)],
      'type-only',
    );
    expect(`${title} ${body}`).not.toMatch(/Account|0x52/);
  });
});
