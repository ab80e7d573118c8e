import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const conf = readFileSync(join(dirname(require.resolve('conf')), 'index.js'), 'utf8');
const store = readFileSync(require.resolve('electron-store'), 'utf8');

/** The members of the class that use a name. */
const membersThatUse = (name: string): string[] => {
  const { program } = parseSync('conf.js', conf);
  const uses: number[] = [];
  const members: { readonly name: string; readonly start: number; readonly end: number }[] = [];
  new Visitor({
    Identifier: (node) => {
      if (node.name === name) uses.push(node.start);
    },
    MethodDefinition: ({ key, start, end }) => {
      members.push({ name: conf.slice(key.start, key.end), start, end });
    },
  }).visit(program);
  return members
    .filter(({ start, end }) => uses.some((at) => start < at && at < end))
    .map((member) => member.name);
};

const importsIn = (text: string): string[] =>
  parseSync('module.js', text)
    .module.staticImports.map(({ moduleRequest }) => moduleRequest.value)
    .filter((name) => /^(ajv|semver)/.test(name));

test("the bundle has a stub for every optional module of electron-store's engine", () => {
  expect(importsIn(conf)).toEqual(['ajv/dist/2020.js', 'ajv-formats', 'semver']);
  expect(importsIn(store)).toEqual([]);
});

test("electron-store's engine uses the stubbed modules for schemas and migrations only (H8)", () => {
  const used = {
    schemas: [...new Set(['Ajv', 'ajvFormatsModule'].flatMap(membersThatUse))],
    migrations: membersThatUse('semver'),
  };
  expect(used).toEqual({
    schemas: ['#setupValidator'],
    migrations: ['_migrate', '_isVersionInRangeFormat', '_shouldPerformMigration'],
  });
});
