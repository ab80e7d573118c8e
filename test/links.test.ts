import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { textOf, tracked } from './support/imports.ts';

const pages = tracked('*.md');
const root = join(import.meta.dirname, '..');

/** The text without code, in which brackets are no links. */
const proseOf = (file: string): string =>
  textOf(file)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');

/** The anchors of a page, as GitHub makes them of headings. */
const anchorsOf = (file: string): string[] =>
  [
    ...textOf(file)
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

const linksIn = (file: string): string[] => {
  const text = proseOf(file);
  return [
    ...text.matchAll(/\]\(([^)\s]+)\)/g),
    ...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g),
    ...text.matchAll(/^\[[^\]]+\]: (\S+)$/gm),
  ].map(([, link = '']) => link);
};

const within = pages.flatMap((page) =>
  linksIn(page)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = '', anchor] = link.split('#');
      return { page, target: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    }),
);

describe('links between pages', () => {
  test('there are some', () => {
    expect(pages).toContain('README.md');
    expect(within.length).toBeGreaterThan(20);
  });

  test('lead to a file that there is', () => {
    expect(within.filter(({ target }) => !existsSync(join(root, target)))).toEqual([]);
  });

  test('lead to a heading that there is', () => {
    const missing = within.filter(
      ({ target, anchor }) =>
        anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor),
    );
    expect(missing).toEqual([]);
  });

  test('every picture in docs is shown by a page', () => {
    const shown = new Set(within.map(({ target }) => target));
    expect(tracked('docs/images').filter((picture) => !shown.has(picture))).toEqual([]);
  });
});
