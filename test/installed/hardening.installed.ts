import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costBasisCompleted } from '../../bench/harness/deliveries.ts';
import { wrongFuses } from '../../scripts/package/fuses.mjs';
import {
  installThis,
  replaceArchive,
  restoreArchive,
  runWithoutNamespaces,
} from './support/administrator.ts';
import {
  packageFolder,
  program,
  programFile,
  runInstalled,
  type StartInstalled,
  startInstalled,
} from './support/hookbell.ts';
import { descendantsOf, processesOf, renderersOf, statusOf } from './support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'hookbell-hardening-'));
const script = join(folder, 'stranger.cjs');
writeFileSync(script, "require('node:fs').writeFileSync(process.env.HOOKBELL_STRANGER, '');\n");

beforeAll(installThis);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A file that code of somebody else makes where it runs. */
const trace = (): string => {
  count += 1;
  return join(folder, `ran-${count}`);
};

const startsAsEver = async (options: StartInstalled, ran: string): Promise<void> => {
  await using app = await startInstalled({
    ...options,
    env: { ...options.env, HOOKBELL_STRANGER: ran },
  });
  expect((await app.deliver(costBasisCompleted(app.source))).status).toBe(200);
  expect(existsSync(ran)).toBe(false);
};

test('every fuse of the installed program is as it should be (E10)', async () => {
  expect(await wrongFuses(programFile)).toEqual([]);
});

describe('the installed app runs no code of others (E10, E12)', () => {
  test('ELECTRON_RUN_AS_NODE does not make it a Node.js', async () => {
    const ran = trace();
    await startsAsEver({ env: { ELECTRON_RUN_AS_NODE: '1' }, command: [program, script] }, ran);
  });

  test('NODE_OPTIONS loads nothing into it', async () => {
    const ran = trace();
    const env = { NODE_OPTIONS: `--require ${script}` };
    const control = { ...process.env, ...env, HOOKBELL_STRANGER: ran };
    execFileSync(process.execPath, ['--eval', '0'], { env: control });
    expect(existsSync(ran)).toBe(true);
    rmSync(ran);
    await startsAsEver({ env }, ran);
  });

  test('a folder in the place of the archive is not loaded', async () => {
    const ran = trace();
    await replaceArchive();
    try {
      const ended = await runInstalled([], { HOOKBELL_STRANGER: ran });
      expect(ended.code).not.toBe(0);
      expect(existsSync(ran)).toBe(false);
    } finally {
      await restoreArchive();
    }
  });

  test.each([
    '--inspect=0',
    '--inspect-brk=0',
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--no-sandbox',
    '--disable-web-security',
  ])('%s is refused with words', async (argument) => {
    const profile = join(folder, 'refused');
    const ended = await runInstalled([`--user-data-dir=${profile}`, '--hidden', argument]);
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`it does not start with ${argument.split('=')[0]}`),
    });
    expect(ended.stderr).not.toMatch(/(Debugger|DevTools) listening/);
    for (const name of ['history', 'DevToolsActivePort'])
      expect(existsSync(join(profile, name))).toBe(false);
  });
});

describe('the window runs in a sandbox (E10)', () => {
  /** Mode 2 filters the system calls that a process may make. */
  const windowsAreFiltered = (pid: () => number) =>
    expect
      .poll(() => renderersOf(pid()).map((one) => statusOf(one.pid, 'Seccomp')), {
        timeout: 20_000,
      })
      .toEqual(['2']);
  const usesHelper = (pid: number) =>
    descendantsOf(pid).some(({ command: [first] }) => first === sandbox);
  const sandbox = join(packageFolder, 'chrome-sandbox');

  test('of user namespaces, where the system lets a person make them', async () => {
    await using app = await startInstalled();
    const pid = () => app.process.pid ?? 0;
    await windowsAreFiltered(pid);
    expect(usesHelper(pid())).toBe(false);
  });

  test("of Chromium's helper, where the system does not", async () => {
    const { mode, uid, gid } = statSync(sandbox);
    expect([(mode & 0o7777).toString(8), uid, gid]).toEqual(['4755', 0, 0]);

    const profile = `--user-data-dir=${join(folder, 'profile')}`;
    const wrote = runWithoutNamespaces(
      scriptOf(`! unshare --user true 2>&1; exec ${program} '${profile}'`),
    );
    const pid = () =>
      processesOf(programFile).find(({ command }) => command.includes(profile))?.pid ?? 0;
    await windowsAreFiltered(pid);
    expect(usesHelper(pid())).toBe(true);

    expect(await runInstalled([profile, '--quit'])).toMatchObject({ code: 0 });
    expect(await wrote).toMatch(/unshare failed.*listens on/s);
  });

  /** The administrator passes no environment on. */
  const scriptOf = (commands: string): string => {
    const file = join(folder, 'commands');
    const named = Object.entries(process.env).filter(([name]) => /^\w+$/.test(name));
    const variables = named.map(
      ([name, value = '']) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`,
    );
    writeFileSync(file, `${variables.join('')}${commands}\n`);
    return file;
  };
});
