import { expect, test } from 'vitest';
import { notesOf } from '../scripts/release-notes.mjs';
import { textOf } from './support/imports.ts';

const changelog = `# Changelog

## [Unreleased]

### Added

- Something that is not finished.

## [0.2.0] - 2027-01-31

### Fixed

- A fault.

## [0.1.0] - 2026-12-24

- The first version.

[0.2.0]: https://example.org/0.2.0
`;

test('the notes of a version are what stands under its heading', () => {
  expect(notesOf(changelog, '0.2.0')).toBe('### Fixed\n\n- A fault.');
});

test('the links at the end are no notes', () => {
  expect(notesOf(changelog, '0.1.0')).toBe('- The first version.');
});

test.each(['0.3.0', 'Unreleased', '0.1', '0.2.0] - 2027'])('there are none for %s', (version) => {
  expect(notesOf(changelog, version)).toBeUndefined();
});

test('a version without a date is not released yet', () => {
  expect(notesOf('## [0.1.0] - Unreleased\n\n- A text.\n', '0.1.0')).toBeUndefined();
});

test('the changelog has a section for the version in package.json', () => {
  const { version } = JSON.parse(textOf('package.json'));
  expect(textOf('CHANGELOG.md')).toContain(`\n## [${version}] - `);
});
