import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync, Visitor } from 'vite';

const root = join(import.meta.dirname, '../..');

/** Files of the project, those that are not committed yet too. */
export const tracked = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '');

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The code in some folders, of TypeScript and of plain JavaScript. */
export const codeIn = (...folders: string[]): string[] =>
  tracked(...folders).filter((file) => /\.(tsx?|mjs)$/.test(file));

/** The sources of what is shipped. */
export const shippedFiles = codeIn('shared', 'electron', 'renderer');

const parse = (file: string) => {
  const { program, module, errors } = parseSync(file, textOf(file));
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  return { program, module };
};

const known = new Map<string, ReturnType<typeof parse>>();
const parsed = (file: string): ReturnType<typeof parse> => {
  const found = known.get(file) ?? parse(file);
  known.set(file, found);
  return found;
};

export type Import = {
  readonly file: string;
  /** A package, or a file of ours as a path from the root. */
  readonly what: string;
  /** Nothing of it is left when the types are gone. */
  readonly typeOnly: boolean;
};

/** Every import of a file: of values and of types, what is handed on, and what is loaded later. */
export const importsOf = (file: string): Import[] => {
  const { program, module } = parsed(file);
  const found: Import[] = [];
  const add = (name: string, typeOnly: boolean) => {
    const what = name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
    found.push({ file, what, typeOnly });
  };
  const isTypes = (entries: readonly { readonly isType: boolean }[]) =>
    entries.length > 0 && entries.every(({ isType }) => isType);
  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.value, isTypes(entries));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) add(moduleRequest.value, isType);
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === 'Literal') add(String(source.value), false);
    },
    TSImportType: ({ source }) => add(source.value, true),
  }).visit(program);
  // Plain JavaScript names its types in comments.
  if (file.endsWith('.mjs'))
    for (const [, name = ''] of textOf(file).matchAll(/import\('([^']+)'\)/g)) add(name, true);
  return found;
};

/** A function with the name it is given where it stands, and its length. */
export type Measured = { readonly file: string; readonly name: string; readonly lines: number };

/** Every function of a file that is longer than so many lines, those inside it too. */
export const functionsOver = (file: string, limit: number): Measured[] => {
  const text = textOf(file);
  const measured: Measured[] = [];
  const names = new Map<object, string>();
  const measure = (node: { readonly start: number; readonly end: number }, name: string) => {
    const lines = text.slice(node.start, node.end).split('\n').length;
    if (lines > limit) measured.push({ file, name, lines });
  };
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init) names.set(init, id.name);
    },
    Property: ({ key, value }) => {
      if (key.type === 'Identifier') names.set(value, key.name);
    },
    ArrowFunctionExpression: (node) => measure(node, names.get(node) ?? 'a function'),
    FunctionExpression: (node) => measure(node, names.get(node) ?? 'a function'),
    FunctionDeclaration: (node) => measure(node, node.id?.name ?? 'a function'),
  }).visit(parsed(file).program);
  return measured;
};

/** The texts in the arguments of every call of a function, such as `history` of `open(join(folder, 'history'))`. */
export const textsInCallsOf = (file: string, name: string): string[][] => {
  const calls: { readonly start: number; readonly end: number }[] = [];
  const texts: { readonly at: number; readonly text: string }[] = [];
  new Visitor({
    CallExpression: ({ callee, start, end }) => {
      if (callee.type === 'Identifier' && callee.name === name) calls.push({ start, end });
    },
    Literal: ({ value, start }) => {
      if (typeof value === 'string') texts.push({ at: start, text: value });
    },
  }).visit(parsed(file).program);
  return calls.map(({ start, end }) =>
    texts.filter(({ at }) => start < at && at < end).map(({ text }) => text),
  );
};

/** The groups of files that import each other in a circle, each in the order of names. */
export const circlesAmong = (imports: readonly Import[]): string[][] => {
  const from = new Map<string, Set<string>>();
  for (const { file, what } of imports) from.set(file, (from.get(file) ?? new Set()).add(what));
  const reached = new Map([...from.keys()].map((file) => [file, reachableFrom(file, from)]));
  const groups = new Map<string, string[]>();
  for (const [file, all] of reached) {
    if (!all.has(file)) continue;
    const group = [...all].filter((other) => reached.get(other)?.has(file)).sort();
    groups.set(group.join(), group);
  }
  return [...groups.values()].sort((a, b) => a.join().localeCompare(b.join()));
};

const reachableFrom = (start: string, from: ReadonlyMap<string, ReadonlySet<string>>) => {
  const reached = new Set<string>();
  const left = [start];
  for (let file = left.pop(); file !== undefined; file = left.pop())
    for (const what of from.get(file) ?? []) {
      if (reached.has(what)) continue;
      reached.add(what);
      left.push(what);
    }
  return reached;
};
