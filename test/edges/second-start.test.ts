import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { letterBox, writeLetter } from '../../electron/edges/second-start.ts';

const quitted = { ok: true, text: 'Hookbell has quit' };
let userData: string;
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'hookbell-'));
});
afterEach(() => rmSync(userData, { recursive: true, force: true }));

test('a second start reads the answer of the first', async () => {
  const { letter, answer } = writeLetter(userData, { kind: 'quit' });
  letterBox(userData)(letter)?.answer(quitted);
  expect(await answer()).toEqual(quitted);
});

test('an answer that is written as the patience ends is still there to be read', async () => {
  const { letter, answer } = writeLetter(userData, { kind: 'quit' });
  expect(await answer(0)).toBeNull();
  letterBox(userData)(letter)?.answer(quitted);
  expect(await answer(0)).toEqual(quitted);
});

test('a letter is read once, however often it is sent', () => {
  const { letter } = writeLetter(userData, { kind: 'run' });
  const open = letterBox(userData);
  expect(open(letter)?.wish).toEqual({ kind: 'run' });
  expect(open(letter)).toBeNull();
  expect(open({ wish: { kind: 'erase' }, reply: 'no' })).toBeNull();
});
