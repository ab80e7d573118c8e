#!/usr/bin/env node
// Stands in for fpm, which electron-builder calls for .deb and .rpm: it takes the same arguments, and needs Debian's or Fedora's own
// tools only. So the package that was tested is the package that ships.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFpmArguments } from './fpm/arguments.mjs';
import { buildDeb } from './fpm/deb.mjs';
import { buildRpm } from './fpm/rpm.mjs';
import { stage } from './fpm/staging.mjs';
import { INSTALLED } from './identity.mjs';

// dpkg-deb refuses a folder that only its owner may read.
process.umask(0o022);
const wanted = readFpmArguments(process.argv.slice(2));
const scratch = await mkdtemp(path.join(tmpdir(), 'hookbell-package-'));
try {
  const staged = path.join(scratch, 'root');
  await stage(wanted.files, staged);
  // For the diagnostics of a bug report.
  await writeFile(path.join(staged, INSTALLED, 'resources', 'package-type'), wanted.type);
  await (wanted.type === 'deb' ? buildDeb : buildRpm)(wanted, staged, scratch);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
