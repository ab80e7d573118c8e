import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../support/electron.ts';

const out = join(projectFolder, 'out');
const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(out, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(join(out, folder, name), 'utf8'));

test('the code of the window is at most 700 kB', () => {
  const sizes = filesIn('renderer', /\.js$/).map((text) => Buffer.byteLength(text));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(700_000);
});

test('no code of the window is written into the page or made of text (Q11)', () => {
  const pages = filesIn('renderer', /\.html$/).join('');
  expect(pages.match(/<script\b[^>]*>/g)).toEqual([expect.stringContaining(' src="./assets/')]);
  expect(pages).not.toMatch(/<style\b|\son\w+=|unsafe-/);
  const code = filesIn('renderer', /\.js$/);
  expect(code.filter((text) => /\beval\(|\bFunction\(/.test(text)).length).toBe(0);
});
