import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { compose, type Edges } from '../../../electron/compose.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import { confStore } from '../../support/conf-store.ts';

type Options = {
  readonly folder: string;
  readonly provision?: object;
  readonly log?: (line: string) => void;
  readonly later?: Edges['later'];
};

const refuse = async () => {
  throw new Error('no keyring in plain Node');
};

/** The whole app on a folder of the caller's, in plain Node; only Electron's own edges are missing. */
export const openPlainApp = ({ folder, provision, log = () => {}, later = inRealTime }: Options) =>
  compose({
    folders: {
      settings: openFolder(join(folder, 'settings'), confStore),
      history: openFolder(join(folder, 'history'), confStore),
      quarantine: openFolder(join(folder, 'quarantine'), confStore),
    },
    cipher: { backend: null, encrypt: refuse, decrypt: refuse },
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
    post: async () => ({ status: 0, outcome: 'there is no simulator here' }),
    saveLines: async () => null,
    readLines: async () => null,
    about: {
      version: '0.0.0',
      folder,
      runtime: { electron: '', chrome: '', node: process.versions.node },
    },
    log,
    provisioning: provision ? { text: JSON.stringify(provision) } : null,
  });

export type PlainApp = Awaited<ReturnType<typeof openPlainApp>>;

const inRealTime: Edges['later'] = (ms, task) => {
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Everything in the history, oldest first: its place, and the id its sender gave it. */
export const keptIn = async (app: PlainApp): Promise<Kept[]> => {
  const kept: Kept[] = [];
  for await (const line of app.exportLines(false)) {
    const { seq, body } = JSON.parse(line);
    kept.push([seq, JSON.parse(body).id]);
  }
  return kept;
};
export type Kept = readonly [seq: number, id: string];
