import { execFile } from 'node:child_process';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { INSTALLED } from './identity.mjs';

/** The package's name. */
const NAME = 'hookbell';

const ARCHIVE = path.join(INSTALLED, 'resources', 'app.asar');
const AWAY = `${ARCHIVE}.away`;
/** A folder that Electron loads where there is no archive, unless a fuse forbids it. */
const STRANGE_APP = path.join(INSTALLED, 'resources', 'app');

/** The system refuses user namespaces to a process whose root folder was changed. Here it is the same one, mounted again for it alone. */
const WITHOUT_NAMESPACES = 'mount --rbind / /mnt && exec chroot --userspec="$1" /mnt sh "$2"';

/**
 * @typedef {{ ok: boolean, text: string }} Answer
 * @typedef {{ folder: string, person: { uid: number, gid: number } }} Office
 */

/** @type {Record<string, (file: string, office: Office) => Promise<Answer>>} */
const DEEDS = {
  install: (file, { folder }) =>
    apt(
      'install',
      '--no-install-recommends',
      '--allow-downgrades',
      path.join(folder, path.basename(file)),
    ),
  remove: () => apt('remove', NAME),
  purge: () => apt('purge', NAME),
  'replace archive': replaceArchive,
  'restore archive': restoreArchive,
  // The script is the person's own, and runs as that person.
  'run without namespaces': (file, { person: { uid, gid } }) =>
    execute(
      'unshare',
      '--mount',
      '--propagation=private',
      'sh',
      '-c',
      WITHOUT_NAMESPACES,
      'sh',
      `${uid}:${gid}`,
      file,
    ),
};

/**
 * Serves an ordinary user who tests the installed package, and who may not install it. Each line is `{"deed", "file"}`, and is answered
 * by `{"ok", "text"}`. Only packages of that folder are installed.
 *
 * @param {string} socket
 * @param {string} folder
 * @param {Office['person']} person
 */
export async function openAdministrator(socket, folder, person) {
  await apt('update');
  const office = { folder, person };
  const server = createServer((connection) => {
    const lines = createInterface({ input: connection });
    // It passes on an error of its input: a client that hangs up is none of ours.
    for (const stream of [connection, lines]) stream.on('error', () => connection.destroy());
    lines.on('line', (line) => {
      void answerTo(line, office).then((answer) => connection.write(`${JSON.stringify(answer)}\n`));
    });
  });
  await new Promise((resolve) => server.listen(socket, () => resolve(undefined)));
  await chown(socket, person.uid, person.gid);
  return {
    async close() {
      server.close();
      await apt('purge', NAME);
    },
  };
}

/**
 * @param {string} line
 * @param {Office} office
 */
async function answerTo(line, office) {
  /** @type {{ deed?: string, file?: string }} */
  const { deed = '', file = '' } = JSON.parse(line);
  return (await DEEDS[deed]?.(file, office)) ?? { ok: false, text: `There is no deed "${deed}".` };
}

/** Replaces the app's archive by a folder with code that makes the file named by HOOKBELL_STRANGER. */
async function replaceArchive() {
  await rename(ARCHIVE, AWAY);
  await mkdir(STRANGE_APP);
  await writeFile(path.join(STRANGE_APP, 'package.json'), '{ "main": "main.cjs" }');
  await writeFile(
    path.join(STRANGE_APP, 'main.cjs'),
    "require('node:fs').writeFileSync(process.env.HOOKBELL_STRANGER, '');\nprocess.exit(0);\n",
  );
  return { ok: true, text: '' };
}

async function restoreArchive() {
  await rm(STRANGE_APP, { recursive: true });
  await rename(AWAY, ARCHIVE);
  return { ok: true, text: '' };
}

/** @param {string[]} args */
function apt(...args) {
  return execute('apt-get', '-o', 'DPkg::Lock::Timeout=120', '-qq', '-y', ...args);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<Answer>}
 */
async function execute(program, ...args) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { ok: true, text: `${stdout}${stderr}` };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
