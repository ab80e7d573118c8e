import type { Mistake } from '../../shared/mistake.ts';
import { Rule } from '../../shared/notification-rules.ts';
import type { Problem } from '../../shared/problem.ts';
import { QuietHours } from '../../shared/quiet-hours.ts';
import { SavedSearches } from '../../shared/saved-search.ts';
import type { Restored } from '../../shared/settings.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import { authtokenOf } from './authtoken.ts';
import { type FileRead, ofTheFile, plainHosts } from './file-format.ts';
import { cleanName, withNames } from './own-names.ts';
import { changesIn, type Differences, lacksSecret } from './restore-words.ts';
import type { Settings, SettingsStore, StoredSource } from './settings.ts';
import { readSettingsFile, type SavedSource, type SettingsFile } from './settings-file.ts';
import type { Sources } from './sources.ts';
import { writeProblem } from './store-problems.ts';
import type { Vault } from './vault.ts';

export type RestoreOptions = {
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly token: () => string;
};

export type RestoreOutcome =
  | { readonly status: 'done'; readonly value: Restored }
  | { readonly status: 'failed'; readonly problem: Problem };

export type Restore = {
  /** The changes that a file would make, as sentences. Changes nothing yet. */
  readonly offer: (json: string) => FileRead<string[]>;
  /**
   * Makes all changes that were offered last, or none. Known sources keep URL and secrets; others get a new URL, unless the
   * vault still has theirs. `withoutKeyring`: new secrets may be stored without one.
   */
  readonly restore: (withoutKeyring: boolean) => Promise<RestoreOutcome>;
};

/** Restores settings from a file in two steps: the person sees the changes first, and then agrees to them. */
export const createRestore = (options: RestoreOptions): Restore => {
  const { vault } = options;
  let offered: SettingsFile | null = null;
  return {
    offer: (json) => {
      offered = null;
      const read = readSettingsFile(json);
      if (read.status === 'mistaken') return read;
      const mistakes = obstaclesTo(read.value, options);
      if (mistakes.length > 0) return { status: 'mistaken', mistakes };
      offered = read.value;
      return { status: 'valid', value: changesIn(differencesTo(read.value, options)) };
    },
    restore: async (withoutKeyring) => {
      if (!offered) return failed({ code: 'gone', what: 'this file' });
      const differences = differencesTo(offered, options);
      if (differences.added.length > 0 && vault.needsConsent && !withoutKeyring)
        return failed({ code: 'keyring-missing', stored: false });
      const problem = await applied(offered, differences, options);
      if (problem) return failed(problem);
      offered = null;
      return { status: 'done', value: restoredBy(differences) };
    },
  };
};

const failed = (problem: Problem): RestoreOutcome => ({ status: 'failed', problem });

/** What only a look at the settings and the vault can tell. */
const obstaclesTo = (file: SettingsFile, { sources, vault }: RestoreOptions): Mistake[] =>
  (file.sources ?? []).flatMap((source, index) => {
    const known = sources.find(source.id);
    if (known && known.provider !== source.provider)
      return [{ path: `sources[${index}].provider`, message: 'is another one than it is here' }];
    if (known || vault.read(source.id).status !== 'locked') return [];
    const { name } = source;
    return [
      ofTheFile(
        `cannot be restored while the secrets of “${name}” are locked; unlock the keyring first`,
      ),
    ];
  });

const differencesTo = (
  file: SettingsFile,
  { settings, sources, vault }: RestoreOptions,
): Differences => {
  const { current } = settings;
  const missing = (file.sources ?? []).filter(({ id }) => sources.find(id) === undefined);
  const after = { ...current, ...changedBy(file, current) };
  return {
    before: current,
    after,
    added: missing.filter(({ id }) => !sources.remembers(id)),
    broughtBack: missing.filter(({ id }) => sources.remembers(id)),
    authtoken: authtokenOf(vault, after.tunnel).status,
  };
};

/** Changes settings and vault; returns what kept them from being changed. */
const applied = async (
  file: SettingsFile,
  { added, broughtBack, after }: Differences,
  { settings, sources, token }: RestoreOptions,
): Promise<Problem | null> => {
  const isAdded = ({ id }: { readonly id: string }) => added.some((source) => source.id === id);
  const stored: StoredSource[] = [];
  try {
    settings.demandWritable();
    for (const saved of [...added, ...broughtBack]) {
      const source = await sources.prepare(storable(saved), token());
      const awaitsSecret = saved.hasSecret && isAdded(saved);
      stored.push(awaitsSecret ? { ...source, awaitsSecret } : source);
    }
    const { current } = settings;
    const changed = changedBy(file, current);
    settings.change({
      ...changed,
      sources: [...changed.sources, ...stored],
      // Without a public URL no portal has a URL to learn.
      moved:
        after.tunnel.kind === 'none'
          ? current.moved
          : [...current.moved, ...added.map(({ id }) => id)],
    });
    return null;
  } catch (error) {
    sources.abandon(stored.filter(isAdded));
    return writeProblem(error);
  }
};

/** What the person has to paste now. */
const restoredBy = ({ before, after, added, broughtBack, authtoken }: Differences): Restored => {
  const isMoved = addressOf(after.tunnel) !== addressOf(before.tunnel);
  const moved = isMoved ? [...before.sources, ...broughtBack] : [];
  return {
    newUrls: [...moved, ...added].map(({ name }) => name),
    secrets: added.filter(lacksSecret).map(({ name }) => name),
    authtoken: after.tunnel.kind === 'ngrok' && authtoken !== 'open',
  };
};

/** Where providers post to, as far as the settings alone tell. */
const addressOf = (tunnel: TunnelSettings): string | null => {
  if (tunnel.kind === 'custom') return tunnel.publicUrl;
  return tunnel.kind === 'ngrok' ? tunnel.domain : null;
};

const storable = ({
  id,
  provider,
  name,
  clientId,
  allowedAddresses,
  linkTemplate,
}: SavedSource) => ({
  id,
  provider,
  name,
  clientId: clientId ?? null,
  allowedAddresses: allowedAddresses ?? null,
  ...(linkTemplate === undefined ? {} : { linkTemplate }),
});

/** The settings that the file names, with its changes to known sources. What it leaves out stays. */
const changedBy = (file: SettingsFile, current: Settings): Omit<Settings, RuntimeOnly> => {
  const { receiver, tunnel, sources = [], preferences, retention, ownNames = [] } = file;
  const { rules, searches, quietHours } = file;
  return {
    receiver: receiver
      ? {
          port: receiver.port ?? null,
          trustedProxies: receiver.trustedProxies ?? current.receiver.trustedProxies,
          hosts: receiver.hosts ? plainHosts(receiver.hosts) : current.receiver.hosts,
        }
      : current.receiver,
    tunnel: tunnel ?? current.tunnel,
    sources: current.sources.map((source) => {
      const saved = sources.find(({ id }) => id === source.id);
      if (!saved) return source;
      const { linkTemplate: _, ...unlinked } = source;
      return { ...unlinked, ...storable(saved) };
    }),
    preferences: { ...current.preferences, ...preferences },
    retention: retention ?? current.retention,
    ownNames: withNames(current.ownNames, ownNames.map(cleanName)),
    rules: rules === undefined ? current.rules : rulesIn(rules, knownAfter(file, current)),
    searches: SavedSearches.safeParse(searches).data ?? current.searches,
    quietHours: QuietHours.safeParse(quietHours).data ?? current.quietHours,
  };
};

type RuntimeOnly = 'publicUrl' | 'moved' | 'oldUrls' | 'lost' | 'toldAboutTray' | 'pause';

/** A rule about a source that there is none of means nothing. */
const rulesIn = (rules: readonly unknown[], sources: ReadonlySet<string>): Rule[] =>
  rules
    .flatMap((rule) => Rule.safeParse(rule).data ?? [])
    .filter(({ about }) => about.what === 'kind' || sources.has(about.sourceId));

const knownAfter = ({ sources = [] }: SettingsFile, current: Settings): ReadonlySet<string> =>
  new Set([...sources, ...current.sources].map(({ id }) => id));
