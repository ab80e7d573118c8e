import type { Pipe, Words } from '../shared/pipe.ts';
import type { Problem } from '../shared/problem.ts';
import { authtokenId, authtokenOf } from './setup/authtoken.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { Vault } from './setup/vault.ts';
import type { Receiver } from './state-view.ts';
import { ownProblem } from './tunnel/problem.ts';
import type { Tunnel, Wanted, WayIn } from './tunnel/tunnel.ts';
import { explainTunnel } from './tunnel/words.ts';

export type WayInOptions = {
  readonly tunnel: Pick<Tunnel, 'wayIn' | 'configure'>;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly receiver: () => Receiver;
  /** Why the last event was not kept, and since when none was (epoch ms); null while they are. */
  readonly refusing: () => { readonly since: number; readonly why: Words } | null;
  /** Since when there has been no way in, see `createTunnelWatch`. */
  readonly outage: () => { readonly since: number; readonly isLong: boolean } | null;
  /** Told whenever the way in is set up: whether an authtoken that can be used is missing. */
  readonly onLack: (isLacking: boolean) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What keeps the authtoken of the chosen ngrok from being used. `since` is epoch ms. */
type Lack = { readonly status: 'locked' | 'none' | 'elsewhere'; readonly since: number };

/** The public way in as the rest of the app sees it: where it is, how it does, and how it is set up from the settings. */
export const createWayIn = (options: WayInOptions) => {
  const { tunnel, settings, vault, receiver, refusing, now } = options;
  /** As it was when the way in was last to be opened; before, the keyring may not have answered. */
  let lack: Lack | null = null;

  const lackNow = (): Lack | null => {
    if (settings.current.tunnel.kind !== 'ngrok') return null;
    const { status } = authtokenOf(vault, settings.current.tunnel);
    if (status === 'open') return null;
    return { status, since: lack?.since ?? now() };
  };

  const wanted = (): Wanted => {
    const { tunnel: chosen } = settings.current;
    if (chosen.kind !== 'ngrok') return chosen;
    const authtoken = authtokenOf(vault, chosen);
    if (authtoken.status !== 'open') return { kind: 'none' };
    return { ...chosen, authtoken: authtoken.value, closedAtEdge: chosen.closedAtEdge };
  };

  /** Where providers post to; null while only this computer can. While ngrok is being reached it is where it was the last time. */
  const publicUrl = (): string | null => {
    const { tunnel: chosen, publicUrl: last } = settings.current;
    const current = tunnel.wayIn();
    if (chosen.kind === 'none') return null;
    if (chosen.kind === 'custom') return chosen.publicUrl.replace(/\/+$/, '');
    if ('url' in current && current.url !== null) return current.url.replace(/\/+$/, '');
    return last ?? (chosen.domain === null ? null : `https://${chosen.domain}`);
  };

  const pipe = (): Pipe => {
    const state = receiver();
    if (state.status === 'starting') return { status: 'connecting', host: null };
    if (state.status === 'failed')
      return { status: 'offline', since: state.since, why: portTaken, retryAt: null };
    if (lack)
      return { status: 'offline', since: lack.since, why: lackWords[lack.status], retryAt: null };
    const current = tunnel.wayIn();
    // It is asked for, and opened when the keyring has answered.
    if (current.status === 'none' && settings.current.tunnel.kind !== 'none')
      return { status: 'connecting', host: hostOrNull(publicUrl()) };
    const isOwnUrl = settings.current.tunnel.kind === 'custom';
    const through = lasting(pipeThrough(current, state.port, isOwnUrl));
    const refused = refusing();
    if (!refused || (through.status !== 'receiving' && through.status !== 'local-only'))
      return through;
    const host = through.status === 'receiving' ? through.host : null;
    return { status: 'degraded', port: state.port, host, ...refused };
  };

  /** An outage is as old as it is, however often it was tried again since. */
  const lasting = (through: Pipe): Pipe => {
    if (through.status !== 'offline' && through.status !== 'degraded') return through;
    return { ...through, since: options.outage()?.since ?? through.since };
  };

  /** What needs the person: at once where nothing else can mend it, else after five minutes. Null for what the receiver lacks. */
  const problem = (): Problem | null => {
    const current = pipe();
    if (receiver().status !== 'listening') return null;
    if (current.status === 'offline' && current.retryAt === null)
      return { code: 'no-way-in', since: current.since, why: current.why, waits: true };
    const outage = options.outage();
    if (!outage?.isLong || current.status === 'receiving' || current.status === 'local-only')
      return null;
    const why = 'why' in current ? current.why : stillConnecting;
    return { code: 'no-way-in', since: outage.since, why, waits: false };
  };

  return {
    publicUrl,
    problem,
    pipe,
    /** Whether only what came through ngrok is believed to come from outside. */
    demandsProof: (): boolean =>
      settings.current.tunnel.kind === 'ngrok' && vault.read(authtokenId).status !== 'none',
    /** Opens, moves or closes the way in as the settings and the receiver are now. */
    configure: (): void => {
      const state = receiver();
      lack = lackNow();
      tunnel.configure(wanted(), state.status === 'listening' ? state.port : null);
      options.onLack(lack !== null);
    },
  };
};

export type PublicWayIn = ReturnType<typeof createWayIn>;

const hostOf = (url: string): string => new URL(url).host;
const hostOrNull = (url: string | null): string | null => (url === null ? null : hostOf(url));

const stillConnecting: Words = {
  title: 'The public way in does not open',
  remedy: 'Providers cannot reach this computer. Hookbell goes on trying.',
};

const portTaken: Words = {
  title: 'The receiver cannot listen',
  remedy: 'Another program has its port. It is tried again until the port is free.',
};

const lackWords: Readonly<Record<Lack['status'], Words>> = {
  locked: {
    title: 'The ngrok authtoken cannot be unlocked',
    remedy: 'Unlock the keyring; Hookbell notices by itself.',
  },
  none: explainTunnel(ownProblem('token-missing')),
  elsewhere: {
    title: 'The ngrok authtoken was entered for another server',
    remedy: 'Server address or CA changed since. Paste the authtoken again to send it there.',
  },
};

const pipeThrough = (wayIn: WayIn, port: number, isOwnUrl: boolean): Pipe => {
  switch (wayIn.status) {
    case 'none':
      return { status: 'local-only', port };
    case 'connecting':
      return { status: 'connecting', host: hostOrNull(wayIn.url) };
    case 'receiving':
      return { status: 'receiving', port, host: hostOf(wayIn.url), checkedAt: wayIn.checkedAt };
    case 'degraded':
      return {
        status: 'degraded',
        port,
        host: hostOf(wayIn.url),
        since: wayIn.since,
        why: doubt(wayIn.why, isOwnUrl),
      };
    case 'offline':
      return {
        status: 'offline',
        since: wayIn.since,
        why: explainTunnel(wayIn.problem),
        retryAt: wayIn.retryAt,
      };
  }
};

/** A router may lead nothing back in that comes from inside its own network. */
const provenByDelivery =
  'Some routers do not let a computer reach its own public address; then the first delivery proves that it works.';

const doubt = (why: Extract<WayIn, { status: 'degraded' }>['why'], isOwnUrl: boolean): Words => {
  if (why === 'disconnected')
    return { title: 'The connection to ngrok broke', remedy: 'It is being made again.' };
  if (why === 'silent')
    return { title: 'ngrok has gone quiet', remedy: 'The connection is made anew if it stays so.' };
  if (why.problem) return explainTunnel(why.problem);
  switch (why.where) {
    case 'receiver':
      return {
        title: 'Hookbell’s own server does not answer',
        remedy: 'It is started anew by itself.',
      };
    case 'tunnel':
      return {
        title: 'The tunnel does not reach this computer',
        remedy: 'It is tried again by itself.',
      };
    case 'edge':
      return {
        title: 'The public URL cannot be reached from here',
        remedy: isOwnUrl
          ? `Is this computer online? ${provenByDelivery}`
          : 'Is this computer online?',
      };
    case 'elsewhere':
      return {
        title: 'Something else answers at the public URL',
        remedy: isOwnUrl
          ? `Does it lead to this computer’s Hookbell? ${provenByDelivery}`
          : 'Does it lead to this computer’s Hookbell?',
      };
  }
};
