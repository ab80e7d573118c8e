import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import * as z from 'zod/mini';
import { send } from '../../bench/harness/http.ts';
import type { Ask, HookbellBridge } from '../../shared/ipc.ts';
import { answerTo } from './answer-to.ts';
import type { OpenOptions, Shown, TestApp } from './test-app.ts';

declare global {
  interface Window {
    readonly hookbell: HookbellBridge;
  }
}

const run = promisify(execFile);
export const projectFolder = join(import.meta.dirname, '../..');

/** The executable of a real Electron, found by the script that runs the tests. */
export const electronPath = (): string => {
  const path = process.env.HOOKBELL_ELECTRON;
  if (!path)
    throw new Error(
      'HOOKBELL_ELECTRON names no Electron; run these specs through npm run test:electron',
    );
  return path;
};

const Field = z.object({ data: z.string() });
const Kept = z.object({ id: z.object({ data: z.int() }), summary: Field, body: Field });
const History = z.object({ data: z.array(z.array(Kept)) });

/** What the notification daemon showed, oldest first; a notification enters its history when it is closed. */
const daemonHistory = async () => {
  await run('dunstctl', ['close-all']);
  const { stdout } = await run('dunstctl', ['history']);
  const [newestFirst = []] = History.parse(JSON.parse(stdout)).data;
  return newestFirst
    .map(({ id, summary, body }) => ({ id: id.data, title: summary.data, body: body.data }))
    .reverse();
};

/** Reads what the daemon shows from now on. */
export const listenToDaemon = async (): Promise<() => Promise<Shown[]>> => {
  const known = Math.max(0, ...(await daemonHistory()).map(({ id }) => id));
  return async () =>
    (await daemonHistory())
      .filter(({ id }) => id > known)
      .map(({ title, body }) => ({ title, body }));
};

export type ElectronTestApp = TestApp & {
  readonly electron: () => ElectronApplication;
  readonly page: () => Page;
};

export type Ended = {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
};

/** Starts the built app without a driver and settles when it ends. Killed after 30 s. */
export const runElectron = (folder: string, ...switches: string[]): Promise<Ended> =>
  runElectronWith({}, folder, ...switches);

/** The same in a changed environment; undefined takes a variable away. */
export const runElectronWith = (
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
  ...switches: string[]
): Promise<Ended> =>
  new Promise((resolve) => {
    const args = [projectFolder, `--user-data-dir=${join(folder, 'profile')}`, ...switches];
    const options = { timeout: 30_000, env: { ...process.env, ...environment } };
    execFile(electronPath(), args, options, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal ?? 'failed') : 0, stdout, stderr }),
    );
  });

/** The built app in a real Electron, in a folder of its own. */
export const openInElectron = async (
  options: OpenOptions & {
    readonly switches?: readonly string[];
    readonly waitForPort?: boolean;
    /** Variables beside those of the test, such as another session bus. */
    readonly env?: Readonly<Record<string, string>>;
    /** A script that the main process loads before the app. */
    readonly preload?: string;
  } = {},
): Promise<ElectronTestApp> => {
  const notifications = await listenToDaemon();
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const switches = [...(options.switches ?? [])];
  if (options.provision !== undefined) {
    const { provision } = options;
    const file = join(folder, 'provision.json');
    writeFileSync(file, typeof provision === 'string' ? provision : JSON.stringify(provision));
    switches.push('--provision', file);
  }
  let running = await start();

  async function start() {
    const electron = await _electron.launch({
      executablePath: electronPath(),
      chromiumSandbox: true,
      args: [
        ...(options.preload ? ['-r', options.preload] : []),
        projectFolder,
        `--user-data-dir=${join(folder, 'profile')}`,
        ...switches,
      ],
      env: { ...definedIn(process.env), ...options.env },
    });
    // A hidden start without a tray shows one after 30 s.
    const page = await electron.firstWindow({ timeout: 60_000 });
    await page.waitForLoadState('load');
    // The driver does not tell the process of an app that has ended.
    return { electron, child: electron.process(), page, port: await portOf(page) };
  }

  /** Where it listens, as the window says it; 0 while it cannot. */
  async function portOf(page: Page): Promise<number> {
    for (;;) {
      const { pipe, ready } = answerTo(
        'state',
        await page.evaluate(() => window.hookbell.ask('state', undefined)),
      );
      if (ready && pipe.status !== 'connecting') return 'port' in pipe ? pipe.port : 0;
    }
  }

  const ended = async (end: () => unknown): Promise<void> => {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    end();
    await exited;
  };
  const quit = () =>
    ended(() => void running.electron.evaluate(({ app }) => app.quit()).catch(() => {}));

  // The page is another world: what comes back is what its own bridge gave it.
  const ask: Ask = async (name, input) =>
    answerTo(
      name,
      await running.page.evaluate<unknown, [string, unknown]>(
        (question) => Reflect.apply(window.hookbell.ask, undefined, question),
        [name, input],
      ),
    );

  return {
    folder,
    now: Date.now,
    electron: () => running.electron,
    page: () => running.page,
    port: () => running.port,
    deliver: (sent) => send(running.port, sent),
    ask,
    notifications,
    choose: (file) =>
      running.electron.evaluate(({ dialog }, path) => {
        const canceled = path === null;
        Object.assign(dialog, {
          showSaveDialog: async () => ({ canceled, filePath: path ?? '' }),
          showOpenDialog: async () => ({ canceled, filePaths: canceled ? [] : [path] }),
        });
      }, file),
    restart: async () => {
      await quit();
      running = await start();
    },
    killAndRestart: async () => {
      await ended(() => running.electron.process().kill('SIGKILL'));
      running = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await quit();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
