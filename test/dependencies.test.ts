import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { importsOf, shippedFiles } from './support/imports.ts';

const names = z.optional(z.record(z.string(), z.string()));
const Package = z.object({ dependencies: names, optionalDependencies: names });
const Lock = z.object({
  packages: z.record(z.string(), z.extend(Package, { devDependencies: names })),
});
const { packages } = Lock.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')),
);
const own = packages[''];
const namesIn = (group: Record<string, string> | undefined) => Object.keys(group ?? {});

/** What Electron itself provides. */
const provided = new Set(['electron']);

/** Every package that one of these needs, themselves too; found as Node finds them, from the innermost folder on. */
const closureOf = (roots: readonly string[]): Set<string> => {
  const found = new Set<string>();
  const add = (name: string, from: string): void => {
    const folders = from
      .split(/(?=\/node_modules\/)/)
      .map((_, at, all) => all.slice(0, all.length - at).join(''));
    const place = [...folders, '']
      .map((folder) => `${folder}${folder && '/'}node_modules/${name}`)
      .find((one) => packages[one]);
    if (place === undefined || found.has(place)) return;
    found.add(place);
    const { dependencies, optionalDependencies } = packages[place] ?? {};
    for (const needed of [...namesIn(dependencies), ...namesIn(optionalDependencies)])
      add(needed, place);
  };
  for (const name of roots) add(name, '');
  return new Set([...found].map((place) => place.replace(/^.*node_modules\//, '')));
};

test('what the shipped code imports is a dependency', () => {
  const imported = shippedFiles
    .flatMap(importsOf)
    .flatMap(({ what, typeOnly }) =>
      typeOnly ? [] : (/^(?:@[^/]+\/)?[^/]+/.exec(what)?.[0] ?? []),
    )
    .filter((name) => !/^(node:|electron$|shared$|renderer$)/.test(name));
  expect(imported).toContain('react');
  const declared = new Set([...namesIn(own?.dependencies), ...provided]);
  expect([...new Set(imported)].filter((name) => !declared.has(name))).toEqual([]);
});

test('what a dependency brings along is no development dependency of ours', () => {
  const shipped = closureOf(namesIn(own?.dependencies));
  expect(shipped).toContain('atomically');
  expect(namesIn(own?.devDependencies).filter((name) => shipped.has(name))).toEqual([]);
});
