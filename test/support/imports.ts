import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Files of the project, those that are not committed yet too. */
export const tracked = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '');

/** The sources of what is shipped. */
export const shippedFiles = tracked('shared', 'electron', 'renderer').filter((file) =>
  /\.tsx?$/.test(file),
);

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

export type Import = { readonly file: string; readonly what: string; readonly typeOnly: boolean };

/** Every import of a file; our own files as paths from the root. */
export const importsOf = (file: string): Import[] =>
  [
    ...textOf(file).matchAll(
      /^(?:import|export)\s+(type\s)?[^;]*?from '([^']+)'|^import '([^']+)'/gm,
    ),
  ].map((found) => {
    const name = found[2] ?? found[3] ?? '';
    const what = name.startsWith('.') ? normalize(join(dirname(file), name)) : name;
    return { file, what, typeOnly: found[1] !== undefined };
  });
