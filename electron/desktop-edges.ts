import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import type { Desktop } from './desktop.ts';
import { now, schedule } from './edges/clock.ts';
import {
  readChosenSettings,
  readWhatThePersonChooses,
  saveWhereThePersonSays,
} from './edges/dialogs.ts';
import { openExternal } from './edges/external.ts';
import { folderOpener } from './edges/folder-opener.ts';
import { licensesIn } from './edges/licenses.ts';
import { lastLogLines } from './edges/log.ts';
import { postToLoopback } from './edges/loopback.ts';
import { deliverAgainToOurselves, postToOurselves } from './edges/post.ts';
import { identityOf, systemFacts } from './edges/system-facts.ts';
import { ngrokAgent } from './edges/tunnel/fork-agent.ts';
import { askPublicUrl, askReceiver, postToPublicUrl } from './edges/tunnel/public-requests.ts';
import type { Edges } from './world.ts';

export type DesktopEdgesOptions = Pick<Edges, 'folders' | 'log' | 'provisioning' | 'updates'> & {
  readonly userData: string;
  readonly desktop: Desktop;
  /** The port of the receiver; null while it has none. */
  readonly port: () => number | null;
  /** See `ShellSide.simulatorBase`. */
  readonly publicBase: () => string | null;
  readonly simulatorToken: string;
};

/** The world as it is on a desktop: Electron, Node, the session bus. */
export const desktopEdges = (options: DesktopEdgesOptions): Edges => {
  const { userData, folders, log, provisioning, updates, desktop, port, publicBase } = options;
  const { window, notifier, keyring, bus, reachable, loginStart } = desktop;
  return {
    folders,
    log,
    provisioning,
    updates,
    window,
    notifier,
    keyring: keyring.ask,
    onKeyringChange: keyring.onChange,
    loginStart,
    now,
    uptime: () => uptime() * 1000,
    schedule,
    zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    random: {
      id: randomUUID,
      token: () => randomBytes(32).toString('base64url'),
      hex,
    },
    tunnel: {
      agent: ngrokAgent(join(import.meta.dirname, 'agent.js')),
      steady: () => performance.now(),
      chance: Math.random,
      fetch: askPublicUrl,
      askReceiver: () => askReceiver(port()),
    },
    clipboard: (text) => clipboard.writeText(text),
    post: postToOurselves({
      port,
      publicBase,
      fetch: postToPublicUrl,
      token: options.simulatorToken,
    }),
    deliverAgain: deliverAgainToOurselves({ port, token: options.simulatorToken }),
    forward: postToLoopback,
    saveLines: saveWhereThePersonSays,
    readLines: readWhatThePersonChooses,
    readSettings: readChosenSettings,
    openHistoryFolder: folderOpener(join(userData, 'history')),
    openLogFolder: folderOpener(join(userData, 'logs')),
    openExternal,
    licenses: () => licensesIn(join(import.meta.dirname, '..'), process.execPath),
    diagnostics: {
      system: () => systemFacts({ bus, trayHost: reachable.host }),
      identity: () => identityOf(userData),
      log: () => lastLogLines(userData),
    },
    about: aboutIn(userData),
  };
};

const hex = (digits: number): string =>
  randomBytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
const aboutIn = (folder: string): Edges['about'] => ({
  version: app.getVersion(),
  folder,
  runtime: {
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
  },
});
