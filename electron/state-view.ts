import type { AppState } from '../shared/app-state.ts';
import type { Problem } from '../shared/problem.ts';
import type { Source } from '../shared/source.ts';
import type { Crowding } from './crowding.ts';
import type { History } from './history/history.ts';
import type { KeptTally } from './history/kept-tally.ts';
import type { Quarantine } from './history/quarantine.ts';
import type { OwnHosts } from './hosts.ts';
import type { Imports } from './imports.ts';
import type { Accounts } from './insight/accounts.ts';
import type { EndpointWatch } from './insight/endpoints.ts';
import type { TurnedAwayCount } from './insight/turned-away.ts';
import type { Later } from './later.ts';
import type { Notices } from './notices.ts';
import type { OldUrls } from './old-urls.ts';
import type { OtherHosts } from './other-hosts.ts';
import type { SettingsStore, StoredSource } from './setup/settings.ts';
import type { Sources } from './setup/sources.ts';
import { tunnelView } from './setup/tunnel-settings.ts';
import type { Vault } from './setup/vault.ts';
import type { Shares } from './shares.ts';
import type { Transfers } from './transfers.ts';
import type { PublicWayIn } from './way-in.ts';

/** Whether the HTTP server listens, as its edge tells. */
export type Receiver =
  | { readonly status: 'starting' }
  | {
      readonly status: 'listening';
      readonly port: number;
      /** The usual port, where another program has it and this is the next free one. */
      readonly insteadOf?: number;
    }
  | {
      readonly status: 'failed';
      /** The first that was tried: of a free choice, those after it are in use too. */
      readonly port: number;
      readonly fixed: boolean;
      readonly since: number;
    };

/** What the receiver could not have; null where it has the port it was to have. */
export const portTaken = (receiver: Receiver): Problem | null => {
  if (receiver.status === 'failed')
    return { code: 'port-taken', port: receiver.port, fixed: receiver.fixed, instead: null };
  if (receiver.status === 'starting' || receiver.insteadOf === undefined) return null;
  return { code: 'port-taken', port: receiver.insteadOf, fixed: false, instead: receiver.port };
};

export type StateViewOptions = {
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly history: Pick<History, 'count' | 'unseen' | 'bytes' | 'oldestAt'>;
  readonly quarantine: Pick<Quarantine, 'count' | 'tests' | 'onlyCounted'>;
  readonly tally: Pick<KeptTally, 'tests'>;
  readonly accounts: Accounts;
  readonly shares: Pick<Shares, 'problems'>;
  readonly watch: EndpointWatch;
  readonly turnedAway: Pick<TurnedAwayCount, 'list'>;
  readonly notices: Pick<Notices, 'list'>;
  readonly oldUrls: Pick<OldUrls, 'list'>;
  readonly otherHosts: Pick<OtherHosts, 'list'>;
  readonly crowding: Pick<Crowding, 'since'>;
  readonly receiver: () => Receiver;
  readonly wayIn: PublicWayIn;
  readonly transfers: Pick<Transfers, 'current'>;
  readonly imports: Pick<Imports, 'room' | 'result'>;
  readonly lastEventAt: () => number | null;
  /** Whether accounts and the newest entries are known. */
  readonly isRestored: () => boolean;
  readonly later: Later;
  readonly now: () => number;
  readonly about: Pick<AppState, 'version' | 'folder' | 'runtime'>;
  readonly onChange: (state: AppState) => void;
};

export type StateView = ReturnType<typeof createStateView>;

const pushMs = 60;

/** The state of everything beside the timeline, put together when asked, and pushed a moment after it changed. */
export const createStateView = (options: StateViewOptions) => {
  const {
    settings,
    sources,
    vault,
    history,
    quarantine,
    accounts,
    watch,
    notices,
    oldUrls,
    otherHosts,
    crowding,
    receiver,
    wayIn,
  } = options;
  const listeners = [options.onChange];
  let scheduled = false;
  /** The person has read that there is no keyring. */
  let isKeyringRead = false;

  /** Where endpoints begin; null while nothing listens and there is no public way in. */
  const baseUrl = (): string | null => {
    const state = receiver();
    const local = state.status === 'listening' ? `http://127.0.0.1:${state.port}` : null;
    return wayIn.publicUrl() ?? local;
  };

  const hosts = (): OwnHosts => {
    const state = receiver();
    return {
      port: state.status === 'listening' ? state.port : null,
      publicUrl: wayIn.publicUrl(),
      accepted: settings.current.receiver.hosts,
    };
  };

  const sourceView = (source: StoredSource): Source => {
    const { id, provider, name, clientId, allowedAddresses } = source;
    const { lastDelivery, accepted, rejected, tests } = watch.of(id);
    const token = sources.tokenOf(source);
    return {
      ...{
        id,
        provider,
        name,
        clientId,
        allowedAddresses,
        lastDelivery,
        accepted,
        rejected,
        tests,
      },
      maskedEndpoint: `${baseUrl() ?? ''}/hooks/${provider}/${token === null ? '' : token.slice(0, 4)}…`,
      secretCount: sources.secretCount(source),
      locked: sources.isLocked(source),
    };
  };

  const unprovenRelay = (): boolean => {
    const { tunnel } = settings.current;
    return tunnel.kind === 'custom' && new URL(tunnel.publicUrl).host !== watch.provenHost;
  };

  const problems = (): Problem[] => {
    const locked = sources.list().filter(sources.isLocked);
    const incomplete = sources.list().filter(({ awaitsSecret }) => awaitsSecret);
    const isHere = ({ sourceId }: { sourceId: string }) => sources.find(sourceId) !== undefined;
    const noWayIn = wayIn.problem();
    const moved = settings.current.moved.filter(sources.find);
    const rejecting = sources.list().flatMap(({ id }): Problem[] => {
      const streak = watch.conditionOf(id);
      return streak
        ? [{ code: 'deliveries-rejected', sourceId: id, ...streak, unprovenRelay: unprovenRelay() }]
        : [];
    });
    const crowdedSince = crowding.since();
    return [
      ...(noWayIn ? [noWayIn] : []),
      ...notices.list(),
      ...(crowdedSince === null
        ? []
        : [{ code: 'receiver-crowded' as const, since: crowdedSince }]),
      ...(locked.length > 0
        ? [{ code: 'secrets-unreadable' as const, sourceIds: locked.map(({ id }) => id) }]
        : []),
      ...(incomplete.length > 0
        ? [{ code: 'secret-missing' as const, sourceIds: incomplete.map(({ id }) => id) }]
        : []),
      ...rejecting,
      ...options.shares.problems(),
      ...accounts.failing
        .filter(isHere)
        .map(({ sourceId, name, title, since, seq, simulated = false }) => ({
          ...{ code: 'account-failing' as const, sourceId, account: name },
          ...{ title, since, seq, simulated },
        })),
      ...accounts.moreFailing
        .filter(isHere)
        .map((more) => ({ code: 'more-accounts-failing' as const, ...more })),
      ...oldUrls
        .list()
        .filter(({ sourceId }) => sources.find(sourceId))
        .map((oldUrl) => ({ code: 'old-url-in-use' as const, ...oldUrl })),
      ...otherHosts
        .list()
        .filter(isHere)
        .map((other) => ({ code: 'other-host' as const, ...other })),
      ...(moved.length > 0 ? [{ code: 'url-changed' as const, sourceIds: moved }] : []),
      ...(vault.storesPlainly && !isKeyringRead
        ? [{ code: 'keyring-missing' as const, stored: true }]
        : []),
    ];
  };

  const state = (): AppState => ({
    ...options.about,
    pipe: wayIn.pipe(),
    restored: options.isRestored(),
    problems: problems(),
    sources: sources.list().map(sourceView),
    lastEventAt: options.lastEventAt(),
    entries: history.count,
    unseen: history.unseen,
    tests: { entries: options.tally.tests, quarantined: quarantine.tests },
    quarantined: quarantine.count(options.now()),
    onlyCounted: quarantine.onlyCounted,
    turnedAway: options.turnedAway.list(),
    preferences: settings.current.preferences,
    transfer: options.transfers.current(),
    importable: options.imports.room,
    lastImport: options.imports.result(),
    tunnel: tunnelView(settings, vault),
    retention: settings.current.retention,
    storage: { bytes: history.bytes, oldestAt: history.oldestAt },
  });

  const changed = (): void => {
    if (scheduled) return;
    scheduled = true;
    options.later(pushMs, () => {
      scheduled = false;
      const current = state();
      for (const listener of listeners) listener(current);
    });
  };

  return {
    state,
    baseUrl,
    hosts,
    sourceView,
    unprovenRelay,
    onChange: (listener: (state: AppState) => void) => listeners.push(listener),
    /** Something of it changed; many changes at once are one push. */
    changed,
    /** That secrets are kept without a keyring is not said again before the next start. */
    keyringRead: (): void => {
      isKeyringRead = true;
      changed();
    },
  };
};
