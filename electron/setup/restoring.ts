import type { Problem } from '../../shared/problem.ts';
import type { Restored } from '../../shared/settings.ts';
import { authtokenOf } from './authtoken.ts';
import { type FileRead, ofTheFile, plainHosts } from './file-format.ts';
import { refusalOf } from './refusals.ts';
import { changesIn, type Differences, lacksSecret } from './restoring-words.ts';
import type { Settings, SettingsStore, StoredSource, TunnelSettings } from './settings.ts';
import { readSettingsFile, type SavedSource, type SettingsFile } from './settings-file.ts';
import type { Sources } from './sources.ts';
import { tunnelInFile } from './tunnel-settings.ts';
import type { Vault } from './vault.ts';

export type RestoringOptions = {
  readonly settings: SettingsStore;
  readonly sources: Sources;
  readonly vault: Vault;
  readonly token: () => string;
};

/** Brings back settings from a file in two steps: what would change is told first, and done when the person says so. */
export const createRestoring = ({ settings, sources, vault, token }: RestoringOptions) => {
  let offered: SettingsFile | null = null;

  const isHere = ({ id }: SavedSource) => sources.find(id) !== undefined;
  const isRemembered = ({ id }: SavedSource) => sources.remembers(id);

  const differencesTo = (file: SettingsFile): Differences => {
    const missing = (file.sources ?? []).filter((source) => !isHere(source));
    const { current } = settings;
    const after = { ...current, ...changedBy(file, current) };
    return {
      before: current,
      after,
      added: missing.filter((source) => !isRemembered(source)),
      broughtBack: missing.filter(isRemembered),
      authtoken: authtokenOf(vault, after.tunnel).status,
    };
  };

  /** What no look at the file alone can tell. */
  const obstacles = ({ sources: wanted = [] }: SettingsFile) =>
    wanted.flatMap((source, index) => {
      const known = sources.find(source.id);
      if (known && known.provider !== source.provider) {
        return [{ path: `sources[${index}].provider`, message: 'is another one than it is here' }];
      }
      return !known && vault.read(source.id).status === 'locked'
        ? [
            ofTheFile(
              `cannot be restored while the secrets of “${source.name}” are locked; unlock the keyring first`,
            ),
          ]
        : [];
    });

  return {
    /** What a file would change, as sentences; nothing is changed yet. */
    offer: (json: string): FileRead<string[]> => {
      offered = null;
      const read = readSettingsFile(json);
      if (read.status === 'mistaken') return read;
      const mistakes = obstacles(read.value);
      if (mistakes.length > 0) return { status: 'mistaken', mistakes };
      offered = read.value;
      return { status: 'valid', value: changesIn(differencesTo(read.value)) };
    },

    /**
     * Does what was offered last, all of it or nothing. Sources that are here keep their URL and their secrets; those that
     * are not get a new URL, unless the vault still has theirs.
     */
    restore: async (
      withoutKeyring: boolean,
    ): Promise<{ status: 'done'; value: Restored } | { status: 'failed'; problem: Problem }> => {
      if (!offered) return { status: 'failed', problem: { code: 'gone', what: 'this file' } };
      const file = offered;
      const { before, after, added, broughtBack, authtoken } = differencesTo(file);
      if (added.length > 0 && !vault.hasKeyring && !withoutKeyring) {
        return { status: 'failed', problem: { code: 'keyring-missing', stored: false } };
      }
      const stored: StoredSource[] = [];
      try {
        settings.demandWritable();
        for (const source of [...added, ...broughtBack])
          stored.push(await sources.prepare(storable(source), token()));
        const { current } = settings;
        const fresh = added.map(({ id }) => id);
        const changed = changedBy(file, current);
        settings.change({
          ...changed,
          sources: [...changed.sources, ...stored.map((one) => marked(one, file, fresh))],
          // Where nobody can reach us, no portal has anything to learn.
          moved: after.tunnel.kind === 'none' ? current.moved : [...current.moved, ...fresh],
        });
      } catch (error) {
        sources.abandon(stored.filter(({ id }) => added.some((source) => source.id === id)));
        return { status: 'failed', problem: refusalOf(error) };
      }
      offered = null;
      const moves = addressOf(after.tunnel) !== addressOf(before.tunnel);
      const others = moves ? [...before.sources, ...broughtBack] : [];
      return {
        status: 'done',
        value: {
          newUrls: [...others, ...added].map(({ name }) => name),
          secrets: added.filter(lacksSecret).map(({ name }) => name),
          authtoken: after.tunnel.kind === 'ngrok' && authtoken !== 'open',
        },
      };
    },
  };
};

const storable = ({ id, provider, name, clientId, allowedAddresses }: SavedSource) => ({
  ...{ id, provider, name },
  clientId: clientId ?? null,
  allowedAddresses: allowedAddresses ?? null,
});

/** A source that comes without the secret it had waits for it. */
const marked = (source: StoredSource, file: SettingsFile, fresh: readonly string[]) => {
  const saved = file.sources?.find(({ id }) => id === source.id);
  return saved?.hasSecret && fresh.includes(source.id) ? { ...source, awaitsSecret: true } : source;
};

/** Where providers are to post, as far as the choice alone tells. */
const addressOf = (tunnel: TunnelSettings): string | null =>
  tunnel.kind === 'custom' ? tunnel.publicUrl : tunnel.kind === 'ngrok' ? tunnel.domain : null;

/** What the file says differently, but for the sources that are not here. What it leaves out stays as it is. */
const changedBy = (
  { receiver, tunnel, sources = [], preferences, retention }: SettingsFile,
  current: Settings,
): Pick<Settings, 'receiver' | 'tunnel' | 'sources' | 'preferences' | 'retention'> => ({
  receiver: receiver
    ? {
        port: receiver.port ?? null,
        trustedProxies: receiver.trustedProxies ?? current.receiver.trustedProxies,
        hosts: receiver.hosts ? plainHosts(receiver.hosts) : current.receiver.hosts,
      }
    : current.receiver,
  tunnel: tunnel ? tunnelInFile(tunnel) : current.tunnel,
  sources: current.sources.map((source) => {
    const saved = sources.find(({ id }) => id === source.id);
    return saved ? { ...source, ...storable(saved) } : source;
  }),
  preferences: preferences ?? current.preferences,
  retention: retention ?? current.retention,
});
