import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMask, mask, maskedBytes } from '../electron/masking.ts';

const token = 'kX3-9_tokenOfOurs-0123456789abcdefghijklmnop';
const replaced = 'replaced-token-of-ours-0123456789abcdef';
const secret = 'whsec_c2VjcmV0IG9m/IG91cnM+MTIz==';
const odd = 'pass "wört" word';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const masking = createMask({
  values: [token, secret, odd, 'short'],
  tokenHashes: new Set([hashOf(replaced)]),
});
const upper = (text: string) => encodeURIComponent(text).replace(/[-_]/g, escaped);
const escaped = (character: string) => `%${character.charCodeAt(0).toString(16)}`;

test.each([
  ['alone', token, mask],
  ['inside a URL', `https://a.example/hooks/kryptos/${token}?x=1`, `/hooks/kryptos/${mask}?x=1`],
  ['inside longer text', `for=1.2.3.4;token="${token}";x`, `for=1.2.3.4;token="${mask}";x`],
  ['twice', `${token}, ${token}`, `${mask}, ${mask}`],
  ['percent-encoded', `/x?u=${upper(token)}`, `/x?u=${mask}`],
  ['percent-encoded twice', `/x?u=${encodeURIComponent(upper(token))}`, `/x?u=${mask}`],
  ['a secret, percent-encoded', `s=${encodeURIComponent(secret)}`, `s=${mask}`],
  ['a secret without its prefix', secret.slice(6), mask],
  ['a secret in JSON', JSON.stringify({ odd }), `{"odd":"${mask}"}`],
  ['UTF-8 read as latin1', Buffer.from(odd).toString('latin1'), mask],
  ['spaces as plus signs', 'q=pass+%22w%C3%B6rt%22+word', `q=${mask}`],
  ['a replaced token as a word', `was:${replaced};`, `was:${mask};`],
  ['any token in a path', `/hooks/vezgo/${'Z'.repeat(43)}#x`, `/hooks/vezgo/${mask}#x`],
  ['an encoded path', `u=%2Fhooks%2fvezgo%252F${'Z'.repeat(43)}%2Fy`, `%252F${mask}%2Fy`],
  ['an escaped path', `"\\/hooks\\/vezgo\\/${'Z'.repeat(43)}"`, `"\\/hooks\\/vezgo\\/${mask}"`],
])('a value of ours is masked: %s (E7)', (_, text, expected) => {
  const shown = masking(text);
  expect(shown).toContain(expected);
  for (const value of [token, secret.slice(6), replaced, 'Z'.repeat(22)])
    expect(decodeURIComponent(decodeURIComponent(shown))).not.toContain(value);
});

test.each(['short', 'hooks/list', '/hooks/kryptos/short', '100 % of it', 'a'.repeat(300)])(
  'what is none of ours stays as it is: %s (E7)',
  (text) => {
    expect(masking(text)).toBe(text);
  },
);

test('a secret is masked in every JSON escaping, nested JSON included (E7)', () => {
  const ofPhp = JSON.stringify({ secret }).replaceAll('/', '\\/');
  const ofGson = JSON.stringify({ secret }).replaceAll('=', '\\u003d').replaceAll('+', '\\u002B');
  for (const text of [ofPhp, ofGson, JSON.stringify(ofPhp), JSON.stringify(JSON.stringify(ofGson))])
    expect(masking(text)).toBe(text.replace(/whsec_.*?(?=\\*"\}|\\*"\\*\})/, mask));
});

test('binary bytes are masked where they contain a value, and otherwise stay the same (E7)', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(token), Buffer.from([0xfe])]);
  expect(maskedBytes(bytes, masking)).toEqual(
    Buffer.concat([Buffer.from([0xff, 0]), Buffer.from(mask), Buffer.from([0xfe])]),
  );
  const plain = Buffer.from([0xff, 1, 2]);
  expect(maskedBytes(plain, masking)).toBe(plain);
});

test('masking an adversarial body of 2 MiB takes linear time (E7)', () => {
  const many = createMask({
    values: Array.from({ length: 20 }, () => randomBytes(32).toString('base64url')).concat(token),
    tokenHashes: new Set([hashOf(replaced)]),
  });
  for (const piece of [
    '%25',
    '/hooks/',
    '%2fhooks%2f',
    `${token.slice(0, -1)}%`,
    'a',
    '-%2D',
    '\\',
    '\\u0077',
    '\\\\/',
  ]) {
    const text = piece.repeat((2 * 1024 * 1024) / piece.length);
    const startedAt = performance.now();
    many(text);
    // Minutes where the work is quadratic; some 0.3 s on a machine that is not busy.
    expect(performance.now() - startedAt, piece).toBeLessThan(10_000);
  }
});
