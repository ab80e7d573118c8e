import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { hear, programFile } from './hookbell.ts';
import { processesOf } from './processes.ts';

/** What a desktop's menu starts Hookbell from. */
export const desktopEntry = '/usr/share/applications/hookbell.desktop';

/** A person of this computer who has no profile of Hookbell yet. Its end quits Hookbell. */
export type Account = AsyncDisposable & {
  readonly env: Readonly<Record<string, string>>;
  /** Where programs keep their settings. */
  readonly configuration: string;
  /** Runs a program of the desktop that starts Hookbell. Settles when it listens. */
  readonly launch: (...command: readonly string[]) => Promise<Launched>;
};

export type Launched = {
  /** Of the main process. */
  readonly pid: number;
  readonly port: number;
  /** What it and the program that started it wrote. */
  readonly said: () => string;
};

export const openAccount = async (provision: object): Promise<Account> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-account-'));
  const configuration = join(folder, 'config');
  const file = join(folder, 'provision.json');
  writeFileSync(file, JSON.stringify({ receiver: { port: await freePort() }, ...provision }));
  const env = { XDG_CONFIG_HOME: configuration, HOOKBELL_PROVISION: file };
  return {
    env,
    configuration,
    launch: async (...command) => {
      const said = heardFrom(command, env);
      const port = () => Number(/listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said())?.[1] ?? 0);
      await expect.poll(port, { timeout: 30_000 }).not.toBe(0);
      return { pid: mainProcess(), port: port(), said };
    },
    [Symbol.asyncDispose]: async () => {
      for (const pid of mainProcesses()) process.kill(pid, 'SIGTERM');
      await expect.poll(mainProcesses).toEqual([]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A fixed port, so that whatever else listens on this computer is nothing to tell of. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
};

/** Starts a program; the result tells what it wrote so far. */
export const heardFrom = (
  [program = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): (() => string) => {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return hear(child);
};

/** The main processes of the installed app that run now. */
export const mainProcesses = (): number[] =>
  processesOf(programFile)
    .filter(({ command }) => !command.some((argument) => argument.startsWith('--type=')))
    .map(({ pid }) => pid);

const mainProcess = (): number => {
  const [pid, ...others] = mainProcesses();
  if (pid === undefined || others.length > 0) throw new Error(`${others.length + 1} run, not one`);
  return pid;
};
