import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import * as z from 'zod/mini';
import type { Ask, HookbellBridge } from '../../shared/ipc.ts';
import { answerTo } from './answer-to.ts';
import type { OpenOptions, Shown, TestApp } from './app.ts';
import { send } from './http.ts';

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
const History = z.object({
  data: z.array(z.array(z.object({ summary: Field, body: Field, appname: Field }))),
});

/** What the notification daemon showed since it was last cleared, oldest first. */
export const daemonShowed = async (): Promise<Shown[]> => {
  await run('dunstctl', ['close-all']);
  const { stdout } = await run('dunstctl', ['history']);
  const [newestFirst = []] = History.parse(JSON.parse(stdout)).data;
  return newestFirst
    .map(({ summary, body }) => ({ title: summary.data, body: body.data }))
    .reverse();
};

export const clearDaemon = async (): Promise<void> => {
  await run('dunstctl', ['close-all']);
  await run('dunstctl', ['history-clear']);
};

export type ElectronTestApp = TestApp & {
  readonly electron: () => ElectronApplication;
  readonly page: () => Page;
  /** What the app wrote to the terminal so far. */
  readonly output: () => string;
};

/** The built app in a real Electron, in a folder of its own. */
export const openInElectron = async (
  options: OpenOptions & {
    readonly switches?: readonly string[];
    readonly waitForPort?: boolean;
  } = {},
): Promise<ElectronTestApp> => {
  await clearDaemon();
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const switches = [...(options.switches ?? [])];
  if (options.provision !== undefined) {
    const { provision } = options;
    const file = join(folder, 'provision.json');
    writeFileSync(file, typeof provision === 'string' ? provision : JSON.stringify(provision));
    switches.push('--provision', file);
  }
  let output = '';
  let running = await start();

  async function start() {
    const electron = await _electron.launch({
      executablePath: electronPath(),
      chromiumSandbox: true,
      args: [projectFolder, `--user-data-dir=${join(folder, 'profile')}`, ...switches],
    });
    const listening = new Promise<number>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk;
        const port = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1];
        if (port) resolve(Number(port));
      };
      electron.process().stdout?.on('data', hear);
      electron.process().stderr?.on('data', hear);
      electron
        .process()
        .once('exit', (code) => reject(new Error(`Electron ended with ${code}\n${output}`)));
    });
    const page = await electron.firstWindow();
    await page.waitForLoadState('load');
    return { electron, page, port: options.waitForPort === false ? 0 : await listening };
  }

  const ended = async (end: () => unknown): Promise<void> => {
    const { electron } = running;
    const exited = new Promise<void>((resolve) => electron.process().once('exit', () => resolve()));
    end();
    await exited;
    output = '';
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
    output: () => output,
    port: () => running.port,
    deliver: (sent) => send(running.port, sent),
    ask,
    notifications: daemonShowed,
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
