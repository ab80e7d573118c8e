import { expect, test } from 'vitest';
import { questionFor } from '../../electron/window/ask.ts';
import { isPlainWithin } from '../../electron/window/input-size.ts';
import { requests } from '../../shared/ipc.ts';
import { openInMemory } from '../support/memory.ts';

const cyclic: unknown[] = [];
cyclic.push(cyclic);

test.each<[string, unknown]>([
  ['a text of 50 MB', { text: 'x'.repeat(50_000_000) }],
  ['a million values', Array.from({ length: 1_000_000 }, () => 0)],
  ['an array with holes', Object.assign([], { length: 4_000_000_000 })],
  ['a million keys', Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [at, at]))],
  ['a long key', { ['k'.repeat(100_000)]: 1 }],
  ['a cycle', cyclic],
  ['what is no plain data', new Map([['a', 1]])],
  ['bytes', { a: new Uint8Array(10) }],
])('%s is refused before any schema looks at it (E6)', (_, value) => {
  const startedAt = performance.now();
  expect(isPlainWithin(value, 64 * 1024)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('the size counts texts and values exactly (E6)', () => {
  expect(isPlainWithin({ seqs: Array.from({ length: 500 }, () => 1), seen: true }, 64 * 1024)).toBe(
    true,
  );
  expect(isPlainWithin(undefined, 8)).toBe(true);
  expect(isPlainWithin('x'.repeat(92), 100)).toBe(true);
  expect(isPlainWithin('x'.repeat(93), 100)).toBe(false);
});

test("every question refuses a large input, and a prototype's name is no question (E6)", async () => {
  await using app = await openInMemory();
  const asked = (name: string, input: unknown): Promise<unknown> =>
    Reflect.apply(app.ask, undefined, [name, input]);
  const large = { text: 'x'.repeat(5_000_000) };
  for (const name of Object.keys(requests))
    await expect(asked(name, large), name).rejects.toThrow('Too large');
  for (const name of ['__proto__', 'constructor', 'toString', 'x'.repeat(50_000_000)])
    await expect(asked(name, undefined)).rejects.toThrow('Unknown question');
});

test('only the names of known questions are logged (E7b)', () => {
  expect(questionFor('copyEndpoint')).toBe('copyEndpoint');
  for (const name of ['x'.repeat(50_000_000), '__proto__', 'a\nforged line', ''])
    expect(questionFor(name)).toBe('what is no question');
});
