import { describe, expect, test } from 'vitest';
import type { Announcement } from '../../electron/notify/announcement.ts';
import { alone, counting } from '../../electron/notify/wording.ts';

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
const shown = (changed: Partial<Announcement>) => alone('id', announcement(changed), 'full');
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

  test('is named alike in its failure and its recovery, which keep their sentence (N5)', () => {
    expect(failed.title).toMatch(/….* could not sync$/);
    expect(recovered.title).toMatch(/….* works again$/);
    expect(failed.title.replace(' could not sync', '')).toBe(
      recovered.title.replace(' works again', ''),
    );
  });

  test('fits with what it tells (N5)', () => {
    const full = shown({ accountName, title: `${accountName} asks for a code or an answer` });
    expect(graphemes(full.title)).toBeLessThanOrEqual(80);
    expect(full.title.endsWith(' asks for a code or an answer')).toBe(true);
  });
});

test('a long reason does not push the name of its source out (N5)', () => {
  const { body } = shown({ body: 'x'.repeat(4000), simulated: true });
  expect(graphemes(body)).toBeLessThanOrEqual(240);
  expect(body.endsWith('…\nKryptos · simulated')).toBe(true);
});

test('a long name of a source keeps the sentence around it and fits (N5)', () => {
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
  test('when the cut would go through it', () => {
    const accountName = `The account of ann.with.a.long.name.indeed@mail.example.com`;
    const { title } = shown({ accountName, title: `${accountName} could not sync` });
    expect(title).toBe('The account of (e-mail hidden) could not sync');
  });
  test('in a count', () => {
    const told = ['ann@example.com', 'bob@example.com'].map((name) =>
      announcement({ accountName: name, thing: name, title: `${name} could not sync` }),
    );
    expect(counting('id', told, 'full').body).toBe('(e-mail hidden)\nKryptos');
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

test('control and bidi characters of a stranger are gone, and the isolates around a name stay in pairs (N5)', () => {
  const { title, body } = shown({
    title: '\u2068שלום\u2069 could\u202e not\u0007 sync\u2066',
    body: 'one\ntwo\u2067\u061c three\u2068',
    sourceName: 'Kryp\u202etos\n',
  });
  expect(title).toBe('\u2068שלום\u2069 could not sync');
  expect(body).toBe('one two three\nKryptos');
});

test('a hostile text takes no time', () => {
  const hostile = ['a@'.repeat(2000), '\u2068'.repeat(4000), '0'.repeat(4000), '@'.repeat(4000)];
  const begun = performance.now();
  for (const body of hostile) shown({ body, title: body });
  expect(performance.now() - begun).toBeLessThan(200);
});
