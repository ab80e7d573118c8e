import { randomBytes, randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { SystemFacts } from '../../electron/diagnostics/facts.ts';
import { schedule as inTime } from '../../electron/edges/clock.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import type { Edges } from '../../electron/world.ts';
import { confStore } from './conf-store.ts';

/** The folder of the app, and the edges that are the caller's own. */
export type PlainEdges = Partial<Edges> & { readonly folder: string };

/**
 * The one builder of edges for tests and benchmarks: real files, the real clock and real chance. There is no keyring, no window and no
 * internet; notifications are shown to nobody.
 */
export const plainEdges = ({ folder, ...own }: PlainEdges): Edges => ({
  folders: {
    settings: openFolder(join(folder, 'settings'), confStore),
    history: openFolder(join(folder, 'history'), confStore),
    quarantine: openFolder(join(folder, 'quarantine'), confStore),
  },
  keyring: async () => ({ backend: null, encrypt: refuse, decrypt: refuse }),
  onKeyringChange: () => {},
  now: Date.now,
  uptime: () => uptime() * 1000,
  schedule: withoutHoldingUp,
  zone: () => 'UTC',
  random: {
    id: randomUUID,
    token: () => randomBytes(32).toString('base64url'),
    hex: (digits) => randomBytes(digits).toString('hex').slice(0, digits),
  },
  notifier: { show: async () => ({ status: 'shown' }), withdraw: () => {} },
  window: { push: () => {}, opening: () => null },
  clipboard: () => {},
  post: async () => ({ status: 0, outcome: 'there is no simulator here' }),
  deliverAgain: async () => ({ status: 0, outcome: 'there is no receiver here' }),
  forward: async () => {
    throw new Error('nothing is forwarded here');
  },
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
  loginStart: {
    read: async () => ({ status: 'unavailable', reason: 'not-installed' }),
    set: async () => {},
  },
  openHistoryFolder: async () => ({ status: 'opened' }),
  openLogFolder: async () => ({ status: 'opened' }),
  openExternal: async () => true,
  licenses: async () => [],
  diagnostics: {
    system: async () => plainSystem,
    identity: () => ({
      userName: '',
      computerName: '',
      folders: [{ path: folder, as: '<profile>' }],
    }),
    log: async () => [],
  },
  updates: {
    source: { kind: 'off', why: 'not-packaged' },
    restart: async () => ({ status: 'not-now' }),
    isInUse: () => true,
    missed: null,
  },
  about: {
    version: '0.0.0',
    folder,
    runtime: { electron: '', chrome: '', node: process.versions.node },
  },
  log: () => {},
  provisioning: null,
  ...own,
});

const plainSystem: SystemFacts = {
  os: 'Plain Node',
  kernel: '',
  arch: process.arch,
  packagedAs: 'source',
  locale: 'en',
  timeZone: 'UTC',
  desktop: null,
  session: null,
  trayHost: 'absent',
  keyringBackend: null,
  notifications: { status: 'silent' },
};

const refuse = async () => {
  throw new Error('no keyring in plain Node');
};

/** Long timers do not keep a program alive. A delivery waits for the short ones. */
const withoutHoldingUp: Edges['schedule'] = (ms, task) => {
  if (ms < 100) return inTime(ms, task);
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
