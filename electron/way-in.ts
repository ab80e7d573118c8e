import type { Pipe, Words } from '../shared/pipe.ts';
import type { SettingsStore } from './setup/settings.ts';
import { authtokenId } from './setup/tunnel-settings.ts';
import type { Vault } from './setup/vault.ts';
import type { Receiver } from './state-view.ts';
import type { Tunnel, Wanted, WayIn } from './tunnel/tunnel.ts';
import { explainTunnel } from './tunnel/words.ts';

export type WayInOptions = {
  readonly tunnel: Pick<Tunnel, 'wayIn' | 'configure'>;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly receiver: () => Receiver;
  /** Why the last event was not kept, and since when none was (epoch ms); null while they are. */
  readonly refusing: () => { readonly since: number; readonly why: Words } | null;
};

/** The public way in as the rest of the app sees it: where it is, how it does, and how it is set up from the settings. */
export const createWayIn = ({ tunnel, settings, vault, receiver, refusing }: WayInOptions) => {
  const wanted = (): Wanted => {
    const { tunnel: chosen } = settings.current;
    if (chosen.kind !== 'ngrok') return chosen;
    const authtoken = vault.read(authtokenId);
    if (authtoken.status !== 'open') return { kind: 'none' };
    return { ...chosen, authtoken: authtoken.value, closedAtEdge: chosen.closedAtEdge };
  };

  /** Where providers post to; null while only this computer can. While ngrok is being reached it is where it was the last time. */
  const publicUrl = (): string | null => {
    const { tunnel: chosen, publicUrl: last } = settings.current;
    const now = tunnel.wayIn();
    if (chosen.kind === 'none') return null;
    if (chosen.kind === 'custom') return chosen.publicUrl.replace(/\/+$/, '');
    if ('url' in now && now.url !== null) return now.url.replace(/\/+$/, '');
    return last ?? (chosen.domain === null ? null : `https://${chosen.domain}`);
  };

  const pipe = (): Pipe => {
    const state = receiver();
    if (state.status === 'starting') return { status: 'connecting', host: null };
    if (state.status === 'failed')
      return { status: 'offline', since: state.since, why: portTaken, retryAt: null };
    const through = pipeThrough(tunnel.wayIn(), state.port);
    const refused = refusing();
    if (!refused || (through.status !== 'receiving' && through.status !== 'local-only'))
      return through;
    const host = through.status === 'receiving' ? through.host : null;
    return { status: 'degraded', port: state.port, host, ...refused };
  };

  return {
    publicUrl,
    pipe,
    /** Whether only what came through ngrok is believed to come from outside. */
    demandsProof: (): boolean =>
      settings.current.tunnel.kind === 'ngrok' && vault.read(authtokenId).status !== 'none',
    /** Opens, moves or closes the way in as the settings and the receiver are now. */
    configure: (): void => {
      const state = receiver();
      tunnel.configure(wanted(), state.status === 'listening' ? state.port : null);
    },
  };
};

export type PublicWayIn = ReturnType<typeof createWayIn>;

const hostOf = (url: string): string => new URL(url).host;

const portTaken: Words = {
  title: 'The receiver cannot listen',
  remedy: 'Another program has its port. It is tried again until the port is free.',
};

const pipeThrough = (wayIn: WayIn, port: number): Pipe => {
  switch (wayIn.status) {
    case 'none':
      return { status: 'local-only', port };
    case 'connecting':
      return { status: 'connecting', host: wayIn.url === null ? null : hostOf(wayIn.url) };
    case 'receiving':
      return { status: 'receiving', port, host: hostOf(wayIn.url), checkedAt: wayIn.checkedAt };
    case 'degraded':
      return {
        status: 'degraded',
        port,
        host: hostOf(wayIn.url),
        since: wayIn.since,
        why: doubt(wayIn.why),
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

const doubt = (why: Extract<WayIn, { status: 'degraded' }>['why']): Words => {
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
        remedy: 'Is this computer online?',
      };
    case 'elsewhere':
      return {
        title: 'Something else answers at the public URL',
        remedy: 'Does it lead to this computer’s Hookbell?',
      };
  }
};
