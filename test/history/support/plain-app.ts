import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { compose } from '../../../electron/compose.ts';
import { later as soon } from '../../../electron/edges/clock.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import type { Folder } from '../../../electron/history/folder.ts';
import { type Answer, healthy, refusals } from '../../../electron/receiving.ts';
import type { Edges } from '../../../electron/world.ts';
import { confStore } from '../../support/conf-store.ts';
import type { Sent } from '../../support/http.ts';
import { delivery } from './kryptos.ts';

type Options = {
  readonly folder: string;
  readonly provision?: object;
  readonly log?: (line: string) => void;
  readonly later?: Edges['later'];
  readonly now?: Edges['now'];
  readonly notifier?: Edges['notifier'];
  readonly keyring?: Edges['keyring'];
  readonly onKeyringChange?: Edges['onKeyringChange'];
  readonly push?: Edges['window']['push'];
  readonly clipboard?: Edges['clipboard'];
  readonly openHistoryFolder?: Edges['openHistoryFolder'];
  /** Throws once the profile is another's. */
  readonly demandHeld?: () => void;
  /** Puts something between the app and its history. */
  readonly through?: (folder: Folder) => Folder;
};

const refuse = async () => {
  throw new Error('no keyring in plain Node');
};

const none: Edges['keyring'] = async () => ({ backend: null, encrypt: refuse, decrypt: refuse });

/** The whole app on a folder of the caller's, in plain Node; only Electron's own edges are missing. */
export const openPlainApp = async ({
  folder,
  provision,
  log = () => {},
  later = inRealTime,
  now = Date.now,
  notifier = { show: async () => ({ status: 'shown' }), withdraw: () => {} },
  keyring = none,
  onKeyringChange = () => {},
  push = () => {},
  clipboard = () => {},
  openHistoryFolder = async () => ({ status: 'opened' }),
  demandHeld = () => {},
  through = (unchanged) => unchanged,
}: Options) => {
  const app = await compose({
    folders: {
      settings: openFolder(join(folder, 'settings'), confStore),
      history: through(openFolder(join(folder, 'history'), confStore, { demandHeld })),
      quarantine: openFolder(join(folder, 'quarantine'), confStore),
    },
    ...{ keyring, onKeyringChange },
    now,
    uptime: () => uptime() * 1000,
    later,
    random: {
      id: randomUUID,
      token: () => randomBytes(32).toString('base64url'),
      hex: (digits) => randomBytes(digits).toString('hex').slice(0, digits),
    },
    notifier,
    window: { push, opening: () => null },
    clipboard,
    post: async () => ({ status: 0, outcome: 'there is no simulator here' }),
    tunnel: {
      agent: { start: () => ({ post: () => {}, kill: () => {} }) },
      steady: () => performance.now(),
      chance: Math.random,
      fetch: async () => ({ kind: 'unreachable', text: 'there is no internet here' }),
      askReceiver: async () => true,
    },
    saveLines: async () => null,
    readLines: async () => null,
    readSettings: async () => null,
    openHistoryFolder,
    about: {
      version: '0.0.0',
      folder,
      runtime: { electron: '', chrome: '', node: process.versions.node },
    },
    log,
    provisioning: provision ? { text: JSON.stringify(provision) } : null,
  });
  const restored = app.restored().catch(() => {}); // Tried again by whoever asks.
  if (!provision) return app;
  // A file's secrets are stored when the keyring has answered: a test that ends at once wants them there.
  return { ...app, close: () => restored.then(app.close) };
};

export type PlainApp = Awaited<ReturnType<typeof openPlainApp>>;

/** Nothing that is still to come keeps a program from ending, but for the moment in which a delivery waits for company. */
const inRealTime: Edges['later'] = (ms, task) => {
  if (ms < 100) return soon(ms, task);
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Hands the app a delivery as its receiver does: one under an id, or any other; settles with the answer. */
export const receive = async (
  app: PlainApp,
  sent: string | Sent,
  secret?: string,
): Promise<Answer> => {
  const {
    path,
    headers = {},
    body = '',
  } = typeof sent === 'string' ? delivery(sent, secret) : sent;
  app.receiverIs({ status: 'listening', port: 80 });
  const admission = app.admit({
    ...{ method: 'POST', path, authority: null, peer: '127.0.0.1', simulated: false },
    headers: [['Host', '127.0.0.1:80']],
  });
  if (admission.status === 'healthy') return healthy;
  if (admission.status === 'refused') return refusals[admission.why];
  const received = {
    ...{ id: randomUUID(), receivedAt: Date.now(), body: Buffer.from(body) },
    ...{ senderAddress: null, peerAddress: '127.0.0.1', simulated: false },
    headers: Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
  };
  return app.receive(admission.endpoint, received, false);
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
