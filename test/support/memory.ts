import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../electron/compose.ts';
import { linesIn, saveIn, settingsIn } from '../../electron/edges/files.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { postToOurselves } from '../../electron/edges/post.ts';
import { createReceiver } from '../../electron/edges/server.ts';
import type { Appender, Folder } from '../../electron/history/folder.ts';
import type { Ask } from '../../shared/ipc.ts';
import { answerTo } from './answer-to.ts';
import type { OpenOptions, Shown, TestApp } from './app.ts';
import { confStore } from './conf-store.ts';
import { send } from './http.ts';

export { confStore };

/** A clock that runs by itself and can be set forward: tasks of less than 100 ms are due in real time, all others when it is set forward. */
export const createClock = () => {
  const waiting = new Set<{ at: number; readonly task: () => void }>();
  let [ahead, set] = [0, 0];
  const now = () => Date.now() + ahead + set;
  return {
    now,
    uptime: () => performance.now() + ahead,
    later: (ms: number, task: () => void) => {
      if (ms < 100) {
        const timer = setTimeout(task, ms);
        return () => clearTimeout(timer);
      }
      const due = { at: now() + ms, task };
      waiting.add(due);
      return () => waiting.delete(due);
    },
    /** Somebody sets the calendar: no time passes, and what waits goes on waiting as long as it would have. */
    setClock: (ms: number) => {
      set += ms;
      for (const due of waiting) due.at += ms;
    },
    /** Time passes of which nothing notices, as while a computer sleeps. */
    skip: (ms: number) => {
      ahead += ms;
    },
    setForward: (ms: number) => {
      ahead += ms;
      for (const due of [...waiting].sort((a, b) => a.at - b.at)) {
        if (due.at > now()) continue;
        waiting.delete(due);
        due.task();
      }
    },
  };
};

export type InMemory = TestApp & {
  readonly clock: ReturnType<typeof createClock>;
  /** What was copied last. */
  readonly copied: () => string;
};

/** The app in plain Node: the real pipeline, files and HTTP server; only Electron's own edges are plain. */
export const openInMemory = async (options: OpenOptions = {}): Promise<InMemory> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-'));
  const clock = createClock();
  const shown: Shown[] = [];
  let chosen: string | null = null;
  let copied = '';
  const openFiles: Appender[] = [];
  let running = await start();

  /** Remembers the files a killed app would leave to the system to close. */
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
    const app = await compose({
      folders: {
        settings: folderAt('settings'),
        history: folderAt('history'),
        quarantine: folderAt('quarantine'),
      },
      keyring: async () => ({ backend: null, encrypt: refuse, decrypt: refuse }),
      onKeyringChange: () => {},
      now: clock.now,
      uptime: clock.uptime,
      // A process that has ended does nothing more.
      later: (ms, task) => clock.later(ms, () => !hasEnded && task()),
      random: {
        id: randomUUID,
        token: () => randomBytes(32).toString('base64url'),
        hex: (digits) => randomBytes(digits).toString('hex').slice(0, digits),
      },
      notifier: {
        show: async ({ title, body }) => {
          shown.push({ title, body });
          return { status: 'shown' };
        },
        withdraw: () => {},
      },
      window: { push: () => {}, opening: () => null },
      tunnel: {
        agent: { start: () => ({ post: () => {}, kill: () => {} }) },
        steady: () => performance.now(),
        chance: Math.random,
        fetch: async () => ({ kind: 'unreachable', text: 'no internet in plain Node' }),
        askReceiver: async () => true,
      },
      clipboard: (text) => {
        copied = text;
      },
      post: postToOurselves({
        port: () => port,
        publicBase: () => null,
        fetch: () => Promise.reject(new Error('no internet in plain Node')),
        word,
      }),
      saveLines: async (lines) => (chosen === null ? null : saveIn(chosen, lines)),
      readLines: async () => {
        const file = chosen;
        return file === null ? null : () => linesIn(file);
      },
      readSettings: async () => (chosen === null ? null : settingsIn(chosen)),
      openHistoryFolder: async () => ({ status: 'opened' }),
      about: {
        version: '0.0.0',
        folder,
        runtime: { electron: '', chrome: '', node: process.versions.node },
      },
      log: () => {},
      provisioning: provisionOf(options),
    });
    const receiver = createReceiver({
      ...app,
      id: randomUUID,
      now: clock.now,
      simulatorWord: word,
      log: (line) => {
        throw new Error(line);
      },
      onChange: (state) => {
        if (state.status === 'listening') port = state.port;
        app.receiverIs(state);
      },
    });
    await receiver.start(app.wantedPort());
    await app.restored();
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
    folder,
    now: clock.now,
    port: () => running.port(),
    deliver: (sent) => send(running.port(), sent),
    ask,
    notifications: async () => [...shown],
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

const refuse = async () => {
  throw new Error('no keyring in plain Node');
};

const provisionOf = ({ provision }: OpenOptions) => {
  if (provision === undefined) return null;
  return { text: typeof provision === 'string' ? provision : JSON.stringify(provision) };
};
