import { type ChildProcess, type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { kryptosSource, type ProvisionedSource } from '../../../bench/harness/deliveries.ts';
import { type Sent, send } from '../../../bench/harness/http.ts';
import type { Ended } from '../../support/electron.ts';

/** The command. */
export const program = '/usr/bin/hookbell';
/** Where the package puts the app. */
export const packageFolder = '/opt/Hookbell';
/** What the command is a link to. */
export const programFile = join(packageFolder, 'hookbell');
/** The app's code. */
export const archive = join(packageFolder, 'resources', 'app.asar');
const run = promisify(execFile);

/** Starts the installed app, and settles when it ends. Killed after 30 s. */
export const runInstalled = (
  switches: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { timeout: 30_000, env: { ...process.env, ...env } };
    execFile(program, switches, options, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal ?? 'failed') : 0, stdout, stderr }),
    );
  });

export type InstalledApp = AsyncDisposable & {
  readonly process: ChildProcess;
  readonly port: number;
  readonly profile: string;
  readonly source: ProvisionedSource;
  readonly deliver: (sent: Sent) => ReturnType<typeof send>;
  /** What it wrote to the terminal so far. */
  readonly said: () => string;
  /** Another start with the same profile; settles with what it wrote. */
  readonly again: (...switches: string[]) => Promise<string>;
  /** Lines of an export of the history. */
  readonly exported: () => Promise<unknown[]>;
  readonly quit: () => Promise<void>;
};

export type StartInstalled = {
  readonly switches?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly provision?: Readonly<Record<string, unknown>>;
  /** Of an earlier start, which then is kept. */
  readonly profile?: string;
  /** The command instead of the installed one, with its first arguments. */
  readonly command?: readonly string[];
};

/** Listens to a program. The result tells what it wrote so far. */
export const hear = (child: ChildProcessByStdio<null, Readable, Readable>): (() => string) => {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  return () => said;
};

/** Starts the installed app as its person does, and settles when it listens. */
export const startInstalled = async ({
  switches = [],
  env = {},
  provision = {},
  profile: kept,
  command = [program],
}: StartInstalled = {}): Promise<InstalledApp> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-installed-'));
  const profile = kept ?? join(folder, 'profile');
  const source = kryptosSource();
  const file = join(folder, 'provision.json');
  writeFileSync(file, JSON.stringify({ sources: [source], ...provision }));
  const [executable = program, ...first] = command;
  const usual = [...first, `--user-data-dir=${profile}`];
  const child = spawn(executable, [...usual, '--provision', file, ...switches], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = hear(child);
  const listening = /listens on http:\/\/127\.0\.0\.1:(\d+)/;
  await expect
    .poll(() => (child.exitCode === null ? said() : `${said()}\nended`), { timeout: 30_000 })
    .toMatch(/listens on|ended/);
  const port = Number(listening.exec(said())?.[1]);
  if (!port) throw new Error(`Hookbell did not start: ${said()}`);

  const again = async (...more: string[]): Promise<string> => {
    const { stdout, stderr } = await run(executable, [...usual, ...more], { timeout: 30_000 });
    return `${stdout}${stderr}`;
  };
  const quit = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return {
    process: child,
    port,
    profile,
    source,
    deliver: (sent) => send(port, sent),
    said,
    again,
    exported: async () => {
      const to = join(folder, 'export.jsonl');
      await again('--export', to);
      const lines = readFileSync(to, 'utf8').split('\n').filter(Boolean);
      return lines.map((line): unknown => JSON.parse(line));
    },
    quit,
    [Symbol.asyncDispose]: async () => {
      await quit();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
