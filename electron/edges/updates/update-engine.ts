import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'electron';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import type { AppUpdater } from 'electron-updater/out/AppUpdater.js';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import type { SelfReplacing } from './installation.ts';

// This file alone loads electron-updater, and is itself loaded only where there is a feed. On Linux it can replace an AppImage and nothing
// else: the updaters of packages, which ask for a password while nothing is received, are not even in the bundle (E13).

export type UpdateEngine = {
  readonly updater: AppUpdater;
  /** Replaces the installed files by the downloaded ones, and has them started; false where that failed. To be called after the drain. */
  readonly install: () => boolean;
};

/** An AppImage would start without the switches it had. */
class SwitchedAppImageUpdater extends AppImageUpdater {
  switches: readonly string[] = [];

  protected override spawnLog(
    file: string,
    _switches?: string[],
    ...rest: [env?: NodeJS.ProcessEnv, stdio?: 'ignore']
  ): Promise<boolean> {
    return super.spawnLog(file, [...this.switches], ...rest);
  }
}

/** electron-updater removes the old file before it moves the new one: a full disk would leave none. */
const keepingOld = (file: string, replace: () => boolean): boolean => {
  const old = `${file}.previous`;
  rmSync(old, { force: true });
  try {
    linkSync(file, old);
  } catch {
    // The file system has no links. The update is worth more.
  }
  const isReplaced = replace();
  if (!isReplaced && !existsSync(file) && existsSync(old)) renameSync(old, file);
  rmSync(old, { force: true });
  return isReplaced;
};

/** `switches` are those of the next start; only an AppImage gets them. */
export const createUpdateEngine = (
  installation: SelfReplacing,
  switches: () => readonly string[],
): UpdateEngine => {
  switch (installation.kind) {
    case 'app-image': {
      const updater = new SwitchedAppImageUpdater();
      const install = () => {
        updater.switches = switches();
        return keepingOld(installation.file, () => updater.install(true, true));
      };
      return { updater, install };
    }
    case 'windows': {
      const updater = new NsisUpdater();
      return { updater, install: () => updater.install(true, true) };
    }
    case 'mac': {
      const updater = new MacUpdater();
      return {
        updater,
        install: () => {
          updater.quitAndInstall();
          return true;
        },
      };
    }
  }
};

/** In bytes: many times the list of files that a feed has, and several times an installer. */
const longestList = 1024 ** 2;
const longestFile = 1024 ** 3;

/** Ends each request whose answer is too long. electron-updater reads on for as long as something comes, whatever size the feed named. */
export const limitAnswers = (updater: AppUpdater, onTooLong: () => void): void => {
  const executor: unknown = Reflect.get(updater, 'httpExecutor');
  if (!(executor instanceof ElectronHttpExecutor))
    throw new Error('electron-updater has no executor of requests');
  const make = executor.createRequest.bind(executor);
  executor.createRequest = (options, callback) => {
    const request = make(options, (response: IncomingMessage) => {
      const most = /\.yml(\?|$)/.test(String(options.path)) ? longestList : longestFile;
      let bytes = 0;
      callback(response);
      response.on('data', (chunk: Buffer | string) => {
        bytes += chunk.length;
        if (bytes <= most) return;
        request.abort();
        onTooLong();
      });
    });
    return request;
  };
};
