// `node scripts/release-notes.mjs VERSION`: the notes of a version, from CHANGELOG.md.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { refuseArguments } from './arguments.mjs';
import { isProgram } from './is-program.mjs';
import { root } from './tools.mjs';

/**
 * What stands under a version's heading, such as `## [0.1.0] - 2026-12-01`; undefined for a version that has no text or no date yet.
 *
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined}
 */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}] - `));
  const [heading = '', ...lines] = section?.split('\n') ?? [];
  const notes = lines
    .filter((line) => !/^\[[^\]]+\]: /.test(line))
    .join('\n')
    .trim();
  return /- \d{4}-\d{2}-\d{2}$/.test(heading) && notes !== '' ? notes : undefined;
}

if (isProgram(import.meta.url)) {
  const [version, ...rest] = process.argv.slice(2);
  if (version === undefined || rest.length > 0) refuseArguments('One version is expected.');
  const notes = notesOf(readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'), version);
  if (notes === undefined) {
    process.stderr.write(
      `CHANGELOG.md has no dated section for ${version}. Write "## [${version}] - YEAR-MONTH-DAY" over its notes.\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`${notes}\n`);
}
