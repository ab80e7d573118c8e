import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';

const variable = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests through npm run test:installed`);
  return value;
};

const Answer = z.object({ ok: z.boolean(), text: z.string() });
type Answer = z.infer<typeof Answer>;

/** Does what takes root: the script that runs the tests serves it. */
const ask = (deed: string, file = ''): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const socket = connect(variable('HOOKBELL_ADMINISTRATOR'));
    socket.once('error', reject);
    createInterface({ input: socket }).once('line', (line) => {
      socket.destroy();
      resolve(Answer.parse(JSON.parse(line)));
    });
    socket.write(`${JSON.stringify({ deed, file })}\n`);
  });

/** Settles with what the commands wrote. */
const done = async (answer: Promise<Answer>): Promise<string> => {
  const { ok, text } = await answer;
  if (!ok) throw new Error(text);
  return text;
};

const packages = (): string[] =>
  readdirSync(variable('HOOKBELL_PACKAGES')).filter((name) => name.endsWith('.deb'));

const fileOf = (fits: (name: string) => boolean): string => {
  const file = packages().find(fits);
  if (file === undefined) throw new Error(`No such package among ${packages().join(', ')}`);
  return file;
};

/** Of the package that is built with other code and a higher version. */
export const nextVersion = '99.0.0';
const isNext = (name: string) => name.includes(`_${nextVersion}_`);
const thisPackage = () => fileOf((name) => !isNext(name));

/** The .deb of this version. */
export const packageFile = () => join(variable('HOOKBELL_PACKAGES'), thisPackage());

/** Installs the package of this version, also over a higher one. */
export const installThis = () => done(ask('install', thisPackage()));
export const installNext = () => done(ask('install', fileOf(isNext)));
export const removePackage = () => done(ask('remove'));
export const purgePackage = () => done(ask('purge'));

/** Puts a folder in the place of the app's archive. Its code makes the file that HOOKBELL_STRANGER names. */
export const replaceArchive = () => done(ask('replace archive'));
export const restoreArchive = () => done(ask('restore archive'));

/** Runs a script as the user of the tests, where no user namespace can be made. Settles with what it wrote, when it has ended. */
export const runWithoutNamespaces = (script: string) => done(ask('run without namespaces', script));
