import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { compose } from '../../../electron/compose.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import type { Folder } from '../../../electron/history/folder.ts';
import type { Edges } from '../../../electron/world.ts';
import { confStore } from '../../../test/support/conf-store.ts';

export type Options = {
  readonly folder: string;
  readonly provision: object;
  /** Puts something between the app and its folders. */
  readonly through?: (folder: Folder) => Folder;
};

export const simulatorWord = randomBytes(16).toString('hex');

/** The whole app in plain Node: what is missing is Electron's own edges, the window and the notifications. */
export const openApp = ({ folder, provision, through = (unchanged) => unchanged }: Options) =>
  compose({
    folders: {
      settings: openFolder(join(folder, 'settings'), confStore),
      history: through(openFolder(join(folder, 'history'), confStore)),
      quarantine: through(openFolder(join(folder, 'quarantine'), confStore)),
    },
    cipher: { backend: null, encrypt: noKeyring, decrypt: noKeyring },
    now: Date.now,
    later,
    random: {
      id: randomUUID,
      token: () => randomBytes(32).toString('base64url'),
      hex: (digits) => randomBytes(digits).toString('hex').slice(0, digits),
    },
    notifier: { show: async () => () => {} },
    window: { push: () => {}, opening: () => null },
    clipboard: () => {},
    post: async () => ({ status: 0, outcome: 'not in a benchmark' }),
    tunnel: {
      agent: { start: () => ({ post: () => {}, kill: () => {} }) },
      steady: () => performance.now(),
      chance: Math.random,
      fetch: async () => ({ kind: 'unreachable', text: 'not in a benchmark' }),
      askReceiver: async () => true,
    },
    saveLines: async () => null,
    readLines: async () => null,
    about: {
      version: '0.0.0',
      folder,
      runtime: { electron: '', chrome: '', node: process.versions.node },
    },
    log: (line) => process.stderr.write(`${line}\n`),
    provisioning: { text: JSON.stringify(provision) },
  });

const later: Edges['later'] = (ms, task) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};

const noKeyring = async () => {
  throw new Error('no keyring in plain Node');
};
