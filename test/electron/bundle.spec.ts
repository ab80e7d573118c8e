import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../support/electron.ts';

const out = join(projectFolder, 'out');
const filesIn = (folder: string): string[] =>
  readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(c?js|html)$/.test(name))
    .map((name) => readFileSync(join(out, folder, name), 'utf8'));

test('the code of the window is at most 700 kB, and that of main at most 400', () => {
  const size = (folder: string) =>
    filesIn(folder).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  expect(size('renderer')).toBeLessThan(700_000);
  expect(size('main')).toBeLessThan(400_000);
});

test('nothing in the window is written into the page as a script, or made of text (Q11)', () => {
  for (const text of filesIn('renderer')) {
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    expect(text).not.toMatch(/\beval\(|\bunsafe-eval\b/);
  }
});
