import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkedUrl } from '../../electron/outside/checked-url.ts';
import { docFiles, repository, urlOf } from '../../electron/outside/url-of.ts';
import { providers } from '../../electron/providers/index.ts';
import { docPages } from '../../shared/place-outside.ts';

const known = {
  portalOf: (id: string) => providers.get(id)?.portal ?? null,
  providerOf: () => null,
  linkTemplateOf: () => null,
  accountOf: () => null,
  explorerUrl: () => null,
};

test('the docs are those of this project, and every page of them exists', () => {
  const { homepage } = z
    .object({ homepage: z.string() })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  expect(repository).toBe(homepage);
  for (const page of docPages) {
    expect(existsSync(docFiles[page]), docFiles[page]).toBe(true);
    const made = urlOf({ at: 'docs', page }, known);
    expect(made && checkedUrl(made.url, made.from)).toMatchObject({ status: 'ok' });
  }
});

test('every portal passes the guard, and a provider that ended has none', () => {
  const hosts = [...providers.keys()].map((provider) => {
    const made = urlOf({ at: 'portal', provider }, known);
    const checked = made && checkedUrl(made.url, made.from);
    return [provider, checked?.status === 'ok' ? checked.host : null];
  });
  expect(hosts).toEqual([
    ['kryptos', 'dashboard.kryptos.io'],
    ['vezgo', 'portal.vezgo.com'],
    ['simplehash', null],
  ]);
  expect(urlOf({ at: 'portal', provider: '__proto__' }, known)).toBeNull();
});
