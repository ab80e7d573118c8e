import type { ConditionReason } from '../../shared/condition.ts';
import type { Pipe, Reason, ReasonCode, Words } from '../../shared/pipe.ts';
import { authtokenId, authtokenOf } from '../setup/authtoken.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Vault } from '../setup/vault.ts';
import type { Tunnel, TunnelTarget } from '../tunnel/tunnel.ts';
import { tunnelProblemWords } from '../tunnel/words.ts';
import type { Listening } from './listening.ts';
import type { Outage } from './outages.ts';

export type PublicUrlOptions = {
  readonly tunnel: Pick<Tunnel, 'status' | 'configure'>;
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly receiver: () => Listening;
  /** Why the last event was not kept, and since when none was (epoch ms); null while they are. */
  readonly refusing: () => { readonly since: number; readonly why: Words } | null;
  readonly outage: () => Outage | null;
  /** Told at each `configure`: whether ngrok lacks an authtoken that can be used. */
  readonly onAuthtokenMissing: (isMissing: boolean) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

export type PublicUrl = {
  /** Where providers post to, or null. While ngrok connects, the URL of the last time. */
  readonly current: () => string | null;
  /** The same while the probe comes back through it; else null. */
  readonly working: () => string | null;
  readonly pipe: () => Pipe;
  /** At once where only the person can solve it, else after five minutes. Null for problems of the receiver. */
  readonly problem: () => ConditionReason | null;
  /** Whether only requests with the tunnel's proof count as coming from outside. */
  readonly demandsProof: () => boolean;
  readonly configure: () => void;
};

/** Why the authtoken of the chosen ngrok cannot be used. `since` is epoch ms. */
type MissingAuthtoken = { readonly why: ReasonCode; readonly since: number };

const whyMissing = {
  locked: 'token-locked',
  none: 'token-missing',
  elsewhere: 'token-for-another-server',
} as const;

/** The public URL as the rest of the app sees it. */
export const createPublicUrl = (options: PublicUrlOptions): PublicUrl => {
  const { tunnel, settings, vault, receiver, refusing, outage, now } = options;
  /** As of the last `configure`: the keyring may not have answered before. */
  let missing: MissingAuthtoken | null = null;

  const missingNow = (): MissingAuthtoken | null => {
    if (settings.current.tunnel.kind !== 'ngrok') return null;
    const { status } = authtokenOf(vault, settings.current.tunnel);
    if (status === 'open') return null;
    return { why: whyMissing[status], since: missing?.since ?? now() };
  };

  const current = (): string | null =>
    currentUrl(settings.current.tunnel, tunnel.status(), settings.current.publicUrl);

  const pipe = (): Pipe => {
    const listening = receiver();
    if (listening.status === 'starting') return { status: 'connecting', url: null };
    if (listening.status === 'failed')
      return waiting(listening.since, tunnelProblemWords('port-taken'));
    if (missing) return waiting(missing.since, tunnelProblemWords(missing.why));

    const { port } = listening;
    const isWanted = settings.current.tunnel.kind !== 'none';
    // A wanted URL is opened once the keyring has answered.
    const status: Pipe =
      tunnel.status() ??
      (isWanted ? { status: 'connecting', url: current() } : { status: 'local-only', port });
    return whileRefusing(sinceOutage(status, outage()), refusing());
  };

  return {
    current,
    working: () => (tunnel.status()?.status === 'receiving' ? current() : null),
    pipe,
    problem: () => (receiver().status === 'listening' ? problemIn(pipe(), outage()) : null),
    demandsProof: () =>
      settings.current.tunnel.kind === 'ngrok' && vault.read(authtokenId).status !== 'none',
    configure: () => {
      missing = missingNow();
      tunnel.configure(targetOf(receiver(), settings, vault));
      options.onAuthtokenMissing(missing !== null);
    },
  };
};

const targetOf = (
  listening: Listening,
  settings: SettingsStore,
  vault: Vault,
): TunnelTarget | null => {
  if (listening.status !== 'listening') return null;
  const { tunnel } = settings.current;
  const read = authtokenOf(vault, tunnel);
  const authtoken = read.status === 'open' ? read.value : null;
  return { settings: tunnel, authtoken, port: listening.port };
};

const currentUrl = (
  tunnel: TunnelTarget['settings'],
  status: Pipe | null,
  last: string | null,
): string | null => {
  if (tunnel.kind === 'none') return null;
  if (tunnel.kind === 'custom') return withoutSlash(tunnel.publicUrl);
  if (status && 'url' in status && status.url !== null) return withoutSlash(status.url);
  return last ?? (tunnel.domain === null ? null : `https://${tunnel.domain}`);
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const waiting = (since: number, why: Reason): Pipe => ({
  status: 'offline',
  since,
  why,
  retryAt: null,
});

const sinceOutage = (pipe: Pipe, outage: Outage | null): Pipe =>
  pipe.status === 'offline' || pipe.status === 'degraded'
    ? { ...pipe, since: outage?.since ?? pipe.since }
    : pipe;

const whileRefusing = (pipe: Pipe, refusing: ReturnType<PublicUrlOptions['refusing']>): Pipe => {
  if (!refusing || (pipe.status !== 'receiving' && pipe.status !== 'local-only')) return pipe;
  return {
    status: 'degraded',
    port: pipe.port,
    url: pipe.status === 'receiving' ? pipe.url : null,
    since: refusing.since,
    evidence: 'disk',
    why: { code: 'events-refused', title: refusing.why.title, remedy: refusing.why.remedy },
  };
};

const problemIn = (pipe: Pipe, outage: Outage | null): ConditionReason | null => {
  if (pipe.status === 'offline' && pipe.retryAt === null)
    return { code: 'public-url-down', since: pipe.since, why: wordsOf(pipe.why), waits: true };
  if (!outage?.isLong || pipe.status === 'receiving' || pipe.status === 'local-only') return null;
  const why = pipe.status === 'connecting' ? tunnelProblemWords('still-connecting') : pipe.why;
  return { code: 'public-url-down', since: outage.since, why: wordsOf(why), waits: false };
};

const wordsOf = ({ title, remedy }: Reason): Words => ({ title, remedy });
