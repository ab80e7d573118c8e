import { expect, test } from 'vitest';
import { firstToEvict, type Shareholder } from '../../electron/history/fair-share.ts';

const one = (number: number, changed: Partial<Shareholder> = {}): Shareholder => ({
  ...{ number, sourceId: 'a', reason: 'signature-wrong', sender: null, plausible: true },
  ...{ bytes: 100 },
  ...changed,
});
const evicted = (held: readonly Shareholder[], measure: 'records' | 'bytes' = 'records') =>
  firstToEvict(held, measure)?.number;

test('what does not look genuine is evicted first, however little of it there is (R13b)', () => {
  const noise = one(9, { plausible: false });
  expect(evicted([one(1), one(2), one(3), noise])).toBe(9);
});

test('the source, then its reason, then its sender with most loses its oldest (R13b)', () => {
  const genuine = [1, 2, 3].map((number) => one(number, { sourceId: 'b' }));
  expect(evicted([...genuine, ...[4, 5, 6, 7].map((number) => one(number))])).toBe(4);

  const missing = [4, 5].map((number) => one(number, { reason: 'signature-missing' }));
  expect(evicted([one(1), ...missing])).toBe(4);

  const stranger = [4, 5, 6].map((number) => one(number, { sender: '2001:db8::/64' }));
  expect(evicted([one(1, { sender: '1.1.1.1' }), one(2, { sender: '1.1.1.1' }), ...stranger])).toBe(
    4,
  );
});

test('what passed the limit of bytes is shared by bytes (R13b)', () => {
  const small = [1, 2, 3].map((number) => one(number));
  const large = one(4, { sourceId: 'b', bytes: 10_000 });
  expect(evicted([...small, large])).toBe(1);
  expect(evicted([...small, large], 'bytes')).toBe(4);
});

test('nothing is evicted where nothing is held', () => {
  expect(evicted([])).toBeUndefined();
});
