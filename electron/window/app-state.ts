import type { AppState } from '../../shared/app-state.ts';
import type { Source } from '../../shared/source.ts';
import type { Conditions } from '../conditions/conditions.ts';
import type { History } from '../history/history.ts';
import type { Quarantine } from '../history/quarantine.ts';
import type { TallyStore } from '../history/tally-store.ts';
import type { Insight } from '../insight/insight.ts';
import type { Holds } from '../notifications/hold.ts';
import type { PublicUrl } from '../receiver/public-url.ts';
import type { RefusalCounts } from '../receiver/refusal-counts.ts';
import type { UrlProofWatch } from '../receiver/url-proof.ts';
import type { Schedule } from '../schedule.ts';
import type { SettingsStore, StoredSource } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import { tunnelView } from '../setup/tunnel-settings.ts';
import type { Vault } from '../setup/vault.ts';
import type { Imports } from '../transfer/imports.ts';
import type { Transfers } from '../transfer/progress.ts';
import type { Updater } from '../updates/updater.ts';
import { type SourceViewOptions, sourceView } from './source-view.ts';

export type StateViewOptions = SourceViewOptions & {
  readonly settings: SettingsStore;
  readonly insight: Pick<Insight, 'version'>;
  readonly holds: Pick<Holds, 'current'>;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly history: Pick<History, 'count' | 'unseen' | 'bytes' | 'oldestAt'>;
  readonly quarantine: Pick<Quarantine, 'count' | 'tests' | 'onlyCounted'>;
  readonly tally: Pick<TallyStore, 'tests'>;
  readonly conditions: Pick<Conditions, 'list'>;
  readonly refusals: Pick<RefusalCounts, 'list'>;
  readonly publicUrl: PublicUrl;
  readonly urlProof: Pick<UrlProofWatch, 'current'>;
  readonly transfers: Pick<Transfers, 'current'>;
  readonly updates: Pick<Updater, 'status'>;
  readonly imports: Pick<Imports, 'importable' | 'result'>;
  /** Epoch ms; null while nothing came. */
  readonly lastEventAt: () => number | null;
  /** Whether accounts and the newest entries are known. */
  readonly isReady: () => boolean;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly about: Pick<AppState, 'version' | 'folder' | 'runtime'>;
  readonly onChange: (state: AppState) => void;
};

export type StateView = {
  /** Put together when asked. */
  readonly state: () => AppState;
  readonly sourceView: (source: StoredSource) => Source;
  /** Calls `listener` with the state a moment after it changed. */
  readonly onChange: (listener: (state: AppState) => void) => void;
  /** To be called when something that the state shows changed; many calls at once are one push. */
  readonly changed: () => void;
};

const pushMs = 60;

/** The state of everything beside the timeline. */
export const createStateView = (options: StateViewOptions): StateView => {
  const listeners = [options.onChange];
  let isScheduled = false;

  const state = () => stateOf(options);

  const changed = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    options.schedule(pushMs, () => {
      isScheduled = false;
      const current = state();
      for (const listener of listeners) listener(current);
    });
  };

  return {
    state,
    sourceView: (source) => sourceView(source, options),
    onChange: (listener) => void listeners.push(listener),
    changed,
  };
};

const stateOf = (options: StateViewOptions): AppState => {
  const { settings, sources, vault, history, quarantine, tally, publicUrl, imports } = options;
  const { preferences, retention, quietHours, rules, searches } = settings.current;
  return {
    ...options.about,
    pipe: publicUrl.pipe(),
    urlProof: options.urlProof.current(),
    ready: options.isReady(),
    conditions: [...options.conditions.list()],
    sources: sources.list().map((source) => sourceView(source, options)),
    lastEventAt: options.lastEventAt(),
    insight: options.insight.version(),
    entries: history.count,
    unseen: history.unseen,
    tests: { entries: tally.tests, quarantined: quarantine.tests },
    quarantined: quarantine.count(options.now()),
    onlyCounted: quarantine.onlyCounted,
    refusals: options.refusals.list(),
    preferences,
    searches,
    hold: options.holds.current(),
    quietHours,
    rules,
    transfer: options.transfers.current(),
    importable: imports.importable,
    lastImport: imports.result(),
    tunnel: tunnelView(settings, vault),
    updates: options.updates.status(),
    retention,
    storage: { bytes: history.bytes, oldestAt: history.oldestAt },
  };
};
