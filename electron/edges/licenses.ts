import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { License } from '../../shared/license.ts';

/** What the build writes: see `electron.vite.config.ts`. */
const Listed = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.optional(z.string()),
    text: z.optional(z.string()),
  }),
);

const bundles = ['main', 'preload', 'renderer'];

/**
 * The licences of Hookbell, Electron and Chromium, then those of every library in `out`, each once and by name. `executable` is
 * Electron's. Rejects where the build is incomplete.
 */
export const licensesIn = async (out: string, executable: string): Promise<License[]> => {
  const [hookbell, ...shipped] = await listIn(join(out, 'main', 'shipped-licenses.json'));
  const bundled = await Promise.all(
    bundles.map((name) => listIn(join(out, name, 'licenses.json'))),
  );
  const libraries = new Map(
    [...shipped, ...bundled.flat()].map((one) => [`${one.name} ${one.version}`, one]),
  );
  return [
    ...(hookbell ? [hookbell] : []),
    await electron(executable),
    await chromium(executable),
    ...[...libraries.values()].sort((a, b) => a.name.localeCompare(b.name, 'en')),
  ];
};

const listIn = async (file: string): Promise<License[]> =>
  Listed.parse(JSON.parse(await readFile(file, 'utf8'))).map(
    ({ name, version, identifier = null, text = null }) => ({ name, version, identifier, text }),
  );

/** electron-builder gives the licence of Electron another name. */
const electronFiles = ['LICENSE.electron.txt', 'LICENSE'];

const electron = async (executable: string): Promise<License> => {
  const texts = await Promise.all(
    electronFiles.map((file) =>
      readFile(join(dirname(executable), file), 'utf8').catch(() => null),
    ),
  );
  return {
    name: 'Electron',
    version: process.versions.electron ?? '',
    identifier: 'MIT',
    text: texts.find((text) => text !== null)?.trim() ?? null,
  };
};

/** The file of Chromium's licences has 10 MB and more: the window says where it is. */
const chromium = async (executable: string): Promise<License> => {
  const file = join(dirname(executable), 'LICENSES.chromium.html');
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return {
    name: 'Chromium',
    version: process.versions.chrome ?? '',
    identifier: 'BSD-3-Clause and others',
    text: isThere
      ? `Chromium and the libraries in it have many licences. They are in this file, which a browser shows:\n\n${file}`
      : null,
  };
};
