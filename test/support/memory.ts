import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { confStore } from '../../bench/harness/conf-store.ts';
import { send } from '../../bench/harness/http.ts';
import { plainEdges } from '../../bench/harness/plain-edges.ts';
import { compose } from '../../electron/compose.ts';
import { linesIn, saveIn, settingsIn } from '../../electron/edges/files.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { postToLoopback } from '../../electron/edges/loopback.ts';
import { deliverAgainToOurselves, postToOurselves } from '../../electron/edges/post.ts';
import { createReceiver } from '../../electron/edges/server.ts';
import type { Appender, Folder } from '../../electron/storage/folder.ts';
import type { Ask } from '../../shared/ipc.ts';
import { answerTo } from './answer-to.ts';
import { type VirtualClock, virtualClock } from './clock.ts';
import { createScreen, type Screen } from './screen.ts';
import type { OpenOptions, TestApp } from './test-app.ts';

export type InMemory = TestApp & {
  readonly clock: VirtualClock;
  /** The desktop's notifications, which outlast the app. */
  readonly screen: Screen;
  /** The text that was copied last. */
  readonly copied: () => string;
  /** The URLs that a browser was asked to open. */
  readonly opened: () => readonly string[];
  /** From now on there is no browser. */
  readonly removeBrowser: () => void;
};

/** The app in plain Node, with real files and the real HTTP server. Only what Electron provides is replaced. */
export const openInMemory = async (
  options: OpenOptions & { readonly startsAt?: number } = {},
): Promise<InMemory> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const clock = virtualClock({
    runs: true,
    ...(options.startsAt === undefined ? {} : { startsAt: options.startsAt }),
  });
  const screen = createScreen(clock.now);
  let chosen: string | null = null;
  let copied = '';
  const opened: string[] = [];
  let hasBrowser = true;
  const openFiles: Appender[] = [];
  let running = await start();

  /** Remembers the open files, which the system closes after a real kill. */
  function folderAt(name: string): Folder {
    const opened = openFolder(join(folder, name), confStore);
    return {
      ...opened,
      openAppender: async (file) => {
        const appender = await opened.openAppender(file);
        openFiles.push(appender);
        return appender;
      },
    };
  }

  async function start() {
    const word = randomBytes(16).toString('hex');
    let port: number | null = null;
    let hasEnded = false;
    const sides = await compose(
      plainEdges({
        folder,
        folders: {
          settings: folderAt('settings'),
          history: folderAt('history'),
          quarantine: folderAt('quarantine'),
        },
        now: clock.now,
        uptime: clock.uptime,
        // A process that has ended does nothing more.
        schedule: (ms, task) => clock.schedule(ms, () => !hasEnded && task()),
        notifier: screen.notifier,
        openExternal: async (url) => {
          if (hasBrowser) opened.push(url);
          return hasBrowser;
        },
        clipboard: (text) => {
          copied = text;
        },
        post: postToOurselves({
          port: () => port,
          publicBase: () => null,
          fetch: () => Promise.reject(new Error('no internet in plain Node')),
          token: word,
        }),
        deliverAgain: deliverAgainToOurselves({ port: () => port, token: word }),
        forward: postToLoopback,
        saveLines: async (lines) => (chosen === null ? null : saveIn(chosen, lines)),
        readLines: async () => {
          const file = chosen;
          return file === null ? null : () => linesIn(file);
        },
        readSettings: async () => (chosen === null ? null : settingsIn(chosen)),
        provisioning: provisionOf(options),
      }),
    );
    const app = { ...sides.receiver, ...sides.window, ...sides.shell };
    const receiver = createReceiver({
      ...sides.receiver,
      id: randomUUID,
      now: clock.now,
      simulatorToken: word,
      log: (line) => {
        throw new Error(line);
      },
      onChange: (state) => {
        if (state.status === 'listening') port = state.port;
        app.onListening(state);
      },
    });
    await receiver.start(app.wantedPort());
    await app.ready();
    const end = () => {
      hasEnded = true;
    };
    return { app, receiver, port: () => port ?? 0, end };
  }

  const ask: Ask = async (name, input) =>
    answerTo(name, structuredClone(await running.app.ask(name, structuredClone(input))));

  return {
    clock,
    copied: () => copied,
    opened: () => opened,
    removeBrowser: () => {
      hasBrowser = false;
    },
    folder,
    now: clock.now,
    port: () => running.port(),
    deliver: (sent) => send(running.port(), sent),
    ask,
    notifications: async () => screen.popped.map(({ title, body }) => ({ title, body })),
    screen,
    choose: async (file) => {
      chosen = file;
    },
    restart: async () => {
      await running.receiver.drain();
      await running.app.close();
      running.end();
      running = await start();
    },
    killAndRestart: async () => {
      await running.receiver.drain();
      running.end();
      await Promise.all(openFiles.splice(0).map((file) => file.close()));
      running = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await running.receiver.drain();
      await running.app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const provisionOf = ({ provision }: OpenOptions) => {
  if (provision === undefined) return null;
  return { text: typeof provision === 'string' ? provision : JSON.stringify(provision) };
};
