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

/** The name of the one chunk that holds this text; main imports it later, never with itself. */
const laterChunkWith = (text: string): string => {
  const main = readFileSync(join(out, 'main', 'main.js'), 'utf8');
  expect(main.includes(text)).toBe(false);
  const chunks = readdirSync(join(out, 'main', 'chunks')).filter((name) =>
    readFileSync(join(out, 'main', 'chunks', name), 'utf8').includes(text),
  );
  expect(chunks.length).toBe(1);
  const [name = ''] = chunks;
  expect(main).toMatch(new RegExp(`import\\([^)]*${name}`));
  expect(filesIn('main', /\.js$/).join('')).not.toMatch(
    new RegExp(`(?:from|import) *["'\`][^"'\`]*${name}`),
  );
  return name;
};

test('the updater is in a file that only an import of later loads, and none of the bundle asks for a password (E13)', () => {
  expect(laterChunkWith('blockmap')).toMatch(/^update-engine-/);
  const all = filesIn('main', /\.js$/).join('');
  expect(all.match(/pkexec|gksudo|kdesudo|beesu|dpkg -i/g)).toBe(null);
});

test('the times of quiet hours are in a file that a start without quiet hours does not load', () => {
  expect(laterChunkWith('PlainYearMonth')).toMatch(/^temporal-polyfill-/);
});
