import { expect, test } from 'vitest';
import type { HeaderLine } from '../../electron/delivery.ts';
import { createProof } from '../../electron/tunnel/proof.ts';

const token = 'dGhlIHRva2VuIG9mIHRoaXMgc3RhcnQsIDI1NiBiaXRz';
const proof = createProof(token);
const genuine: HeaderLine = ['x-hookbell-tunnel', token];
const seen: HeaderLine = ['X-Forwarded-For', '52.60.234.183'];
const ours = (clientAddress: string | null) => ({ status: 'ours', clientAddress });

test('the tunnel is given the token as an added header', () => {
  expect(proof.requestHeaders).toEqual([['x-hookbell-tunnel', token]]);
});

test.each<[string, readonly HeaderLine[]]>([
  ['no proof', [seen]],
  ['an empty one', [['x-hookbell-tunnel', ''], seen]],
  ['a guess', [['x-hookbell-tunnel', 'A'.repeat(43)], seen]],
  ['the beginning of it', [['x-hookbell-tunnel', token.slice(0, -1)], seen]],
  ['more than it', [['x-hookbell-tunnel', `${token}x`], seen]],
  ['the token under another name', [['x-hookbell-simulator', token], seen]],
  ['the token in other letters', [['x-hookbell-tunnel', token.toUpperCase()], seen]],
  ['the token beside four guesses', [['x-hookbell-tunnel', `a,b,c,d,${token}`], seen]],
  [
    'the token on a fifth line',
    [...Array<HeaderLine>(4).fill(['x-hookbell-tunnel', 'a']), genuine],
  ],
])('a request with %s did not come through our tunnel', (_what, headers) => {
  expect(proof.passageOf(headers)).toEqual({ status: 'not-ours' });
});

test.each<[string, readonly HeaderLine[], string | null]>([
  ['the edge alone names an address', [genuine, seen], '52.60.234.183'],
  [
    'the client forged the left of it',
    [genuine, ['x-forwarded-for', '10.0.0.1, 52.60.234.183']],
    '52.60.234.183',
  ],
  [
    'the client forged a line of its own',
    [['x-forwarded-for', '10.0.0.1'], genuine, seen],
    '52.60.234.183',
  ],
  ['it is an IPv6 address', [genuine, ['x-forwarded-for', '1.2.3.4,2001:db8::4']], '2001:db8::4'],
  ['the last value is no address', [genuine, ['x-forwarded-for', '52.60.234.183, x']], null],
  ['the last value is empty', [genuine, ['x-forwarded-for', '52.60.234.183,']], null],
  ['the edge names none', [genuine], null],
  ['it comes with a port', [genuine, ['x-forwarded-for', '52.60.234.183:4711']], '52.60.234.183'],
  [
    'it is mapped into IPv6',
    [genuine, ['x-forwarded-for', '::ffff:52.60.234.183']],
    '52.60.234.183',
  ],
  ['it is a short form', [genuine, ['x-forwarded-for', '127.1']], null],
  [
    'a forged proof stands beside ours',
    [['X-Hookbell-Tunnel', 'guess'], genuine, seen],
    '52.60.234.183',
  ],
  [
    'both proofs came in one line',
    [['x-hookbell-tunnel', `guess, ${token}`], seen],
    '52.60.234.183',
  ],
])('the client address is the right-most one: %s', (_what, headers, address) => {
  expect(proof.passageOf(headers)).toEqual(ours(address));
});

test('the proof, forged or not, is removed from the headers', () => {
  const headers: HeaderLine[] = [['X-Hookbell-TUNNEL', 'guess'], genuine, seen, ['a', 'b']];
  expect(proof.withoutProof(headers)).toEqual([seen, ['a', 'b']]);
});

test('the token of another start proves nothing', () => {
  expect(createProof('another token').passageOf([genuine, seen]).status).toBe('not-ours');
});

test('a proof of nothing but commas costs less than a millisecond (R7b)', () => {
  const headers: HeaderLine[] = [['x-hookbell-tunnel', ','.repeat(15_360)], seen];
  const startedAt = performance.now();
  for (let time = 0; time < 100; time += 1) proof.passageOf([...headers]);
  expect((performance.now() - startedAt) / 100).toBeLessThan(1);
  expect(proof.passageOf(headers)).toEqual({ status: 'not-ours' });
});
