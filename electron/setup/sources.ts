import type { SourceChange, SourceDraft } from '../../shared/source.ts';
import type { OwnValues } from '../masking.ts';
import type { Credentials } from '../providers/provider.ts';
import { type Endpoint, endpointAt, hashOf, retiredAfter, sourcesMeantBy } from './endpoints.ts';
import type { SettingsStore, StoredSource } from './settings.ts';
import { createSecretStore, type SecretStore } from './source-secrets.ts';
import type { Vault } from './vault.ts';

/** A source as a person or a file sets it up, with an id of its own. */
export type NewSource = Omit<SourceDraft, 'secrets'> & {
  readonly id: string;
  readonly token: string;
  readonly secrets: readonly string[];
};

type NamedSource = Omit<NewSource, 'token' | 'secrets'>;

type SourceReads = {
  readonly list: () => readonly StoredSource[];
  readonly find: (id: string) => StoredSource | undefined;
  /** The endpoint at a path, at `now` (epoch ms). Takes the same time for every path. */
  readonly at: (path: string, now: number) => Endpoint | null;
  readonly meantBy: (path: string) => StoredSource[];
  /** What verifies deliveries; null while it cannot be read. */
  readonly credentialsOf: (source: StoredSource) => Credentials | null;
  readonly isLocked: (source: StoredSource) => boolean;
  /** Whether its secrets exist and cannot be read now; they may be readable tomorrow. */
  readonly keepsUnreadable: (source: StoredSource) => boolean;
  readonly tokenOf: (source: StoredSource) => string | null;
  readonly secretCount: (source: StoredSource) => number;
  /** Whether the vault still has the secrets of a source that is not in the list. */
  readonly remembers: (id: string) => boolean;
  /** The values to mask; of locked sources only client ids and hashes. */
  readonly ownValues: () => OwnValues;
};

/** Each throws or rejects, changing nothing, when settings or vault refuse. */
type SourceChanges = {
  readonly add: (source: NewSource) => Promise<void>;
  /** Sets a source up as a file says, at once and without the keyring. Settles as the vault's `give`. */
  readonly provision: (source: NewSource, now: number) => Promise<void>;
  /** A source to put in the list: with the secrets that the vault still has, else with this token. */
  readonly prepare: (named: NamedSource, token: string) => Promise<StoredSource>;
  /** Removes the secrets of prepared sources that did not get into the list. Never throws. */
  readonly abandon: (prepared: readonly StoredSource[]) => void;
  readonly change: (source: StoredSource, change: SourceChange) => Promise<void>;
  /**
   * The old token works for the grace time; the current one may be given again. A locked source loses its secrets: where
   * `keepsUnreadable`, the caller has to set them right after.
   */
  readonly replaceToken: (source: StoredSource, token: string, now: number) => Promise<void>;
  readonly remove: (id: string) => void;
};

export type Sources = SourceReads & SourceChanges;

type Stores = {
  readonly settings: SettingsStore;
  readonly vault: Vault;
  readonly secrets: SecretStore;
};

/** The sources: token and secrets are in the vault, all else in the settings. */
export const createSources = (settings: SettingsStore, vault: Vault): Sources => {
  const stores: Stores = { settings, vault, secrets: createSecretStore(vault) };
  const list = () => settings.current.sources;
  return {
    ...readsOf(stores, list),
    add: (source) => add(stores, source),
    provision: (source, now) => provision(stores, source, now),
    prepare: (named, token) => prepare(stores, named, token),
    abandon: (prepared) => abandon(vault, prepared),
    change: (source, change) => changeSource(stores, source, change),
    replaceToken: (source, token, now) => replaceToken(stores, source, token, now),
    remove: (id) => remove(stores, id),
  };
};

const readsOf = ({ secrets }: Stores, list: () => StoredSource[]): SourceReads => {
  const credentialsOf = ({ id, clientId, allowedAddresses, unsigned = false }: StoredSource) => {
    // A source without its token needs a new one, even if it needs no secret.
    const withoutSecret = unsigned && secrets.status(id) !== 'none' ? [] : null;
    const known = secrets.of(id)?.secrets ?? withoutSecret;
    return known && { secrets: known, clientId, allowedAddresses };
  };
  return {
    list,
    find: (id) => list().find((source) => source.id === id),
    at: (path, now) => endpointAt(list(), path, now),
    meantBy: (path) => sourcesMeantBy(list(), path),
    credentialsOf,
    isLocked: (source) => credentialsOf(source) === null,
    keepsUnreadable: ({ id }) => secrets.status(id) === 'locked',
    tokenOf: ({ id }) => secrets.of(id)?.token ?? null,
    secretCount: ({ id }) => secrets.of(id)?.secrets.length ?? 0,
    remembers: (id) => secrets.of(id) !== null,
    ownValues: () => ({
      values: list().flatMap(({ id, clientId }) => {
        const known = secrets.of(id);
        return [known?.token ?? [], known?.secrets ?? [], clientId ?? []].flat();
      }),
      tokenHashes: new Set(
        list().flatMap(({ tokenHash, retired }) => [tokenHash, ...retired.map(({ hash }) => hash)]),
      ),
    }),
  };
};

/** A source is in both stores: where one refuses, nothing begins in the other. */
const demandWritable = ({ settings, vault }: Stores): void => {
  settings.demandWritable();
  vault.demandWritable();
};

const replace = ({ settings }: Stores, changed: StoredSource): void =>
  settings.change({
    sources: settings.current.sources.map((source) =>
      source.id === changed.id ? changed : source,
    ),
  });

const add = async (stores: Stores, { secrets, token, ...named }: NewSource): Promise<void> => {
  demandWritable(stores);
  await stores.secrets.put(named.id, { token, secrets: [...secrets] });
  const { settings } = stores;
  const added = storedSource(named, token, secrets);
  settings.change({ sources: [...settings.current.sources, added] });
};

const provision = (
  stores: Stores,
  { secrets, token, ...named }: NewSource,
  now: number,
): Promise<void> => {
  demandWritable(stores);
  const { settings } = stores;
  const { sources } = settings.current;
  const fresh = storedSource(named, token, secrets);
  const known = sources.find(({ id }) => id === named.id);
  settings.change({
    sources:
      known?.provider === named.provider
        ? sources.map((one) => (one === known ? provisioned(one, fresh, now) : one))
        : [...sources.filter(({ id }) => id !== named.id), fresh],
  });
  return stores.secrets.give(named.id, { token, secrets: [...secrets] });
};

const prepare = async (
  stores: Stores,
  named: NamedSource,
  token: string,
): Promise<StoredSource> => {
  const known = stores.secrets.of(named.id);
  if (known) return storedSource(named, known.token, known.secrets);
  demandWritable(stores);
  await stores.secrets.put(named.id, { token, secrets: [] });
  return storedSource(named, token, []);
};

const abandon = (vault: Vault, prepared: readonly StoredSource[]): void => {
  for (const { id } of prepared) {
    try {
      vault.remove(id);
    } catch {
      // The token that stays behind opens nothing.
    }
  }
};

const changeSource = async (
  stores: Stores,
  source: StoredSource,
  change: SourceChange,
): Promise<void> => {
  const known = stores.secrets.of(source.id);
  const { name, clientId, allowedAddresses, linkTemplate, newSecret } = change;
  const rotated =
    newSecret === undefined ? undefined : [newSecret, ...(known?.secrets ?? [])].slice(0, 2);
  const secrets = rotated ?? change.secrets;
  const isStored = secrets !== undefined && known !== null;
  if (isStored) {
    demandWritable(stores);
    // Before the secret is stored: a crash in between must not leave a source that needs none.
    if (secrets.length > 0 && source.unsigned) replace(stores, { ...source, unsigned: false });
    await stores.secrets.put(source.id, { ...known, secrets });
  }
  const { linkTemplate: _, ...unlinked } = source;
  replace(stores, {
    ...unlinked,
    name: name ?? source.name,
    clientId: clientId === undefined ? source.clientId : clientId,
    allowedAddresses: allowedAddresses === undefined ? source.allowedAddresses : allowedAddresses,
    ...linkIn(linkTemplate === undefined ? source : { linkTemplate }),
    ...(isStored ? { unsigned: secrets.length === 0 } : {}),
    ...(secrets !== undefined && secrets.length > 0 ? { awaitsSecret: false } : {}),
  });
};

const replaceToken = async (
  stores: Stores,
  source: StoredSource,
  token: string,
  now: number,
): Promise<void> => {
  demandWritable(stores);
  const secrets = stores.secrets.of(source.id)?.secrets ?? [];
  await stores.secrets.put(source.id, { token, secrets });
  const tokenHash = hashOf(token);
  const retired = retiredAfter(source, tokenHash, now);
  replace(stores, { ...source, tokenHash, unsigned: secrets.length === 0, retired });
};

const remove = (stores: Stores, id: string): void => {
  demandWritable(stores);
  const { settings, vault } = stores;
  const { sources, moved, oldUrls, rules } = settings.current;
  settings.change({
    sources: sources.filter((source) => source.id !== id),
    moved: moved.filter((one) => one !== id),
    oldUrls: oldUrls.filter(({ sourceId }) => sourceId !== id),
    rules: rules.filter(({ about }) => about.what === 'kind' || about.sourceId !== id),
  });
  vault.remove(id);
};

/** Left out of the settings where there is none. */
const linkIn = ({ linkTemplate = null }: { readonly linkTemplate?: string | null | undefined }) =>
  linkTemplate === null ? {} : { linkTemplate };

const storedSource = (
  { id, provider, name, clientId, allowedAddresses, linkTemplate }: NamedSource,
  token: string,
  secrets: readonly string[],
): StoredSource => ({
  id,
  provider,
  name,
  clientId,
  allowedAddresses,
  ...linkIn({ linkTemplate }),
  tokenHash: hashOf(token),
  retired: [],
  unsigned: secrets.length === 0,
});

/** A known source as a file sets it up. */
const provisioned = (
  { linkTemplate: _, ...before }: StoredSource,
  { name, clientId, allowedAddresses, linkTemplate, tokenHash, unsigned = false }: StoredSource,
  now: number,
): StoredSource => ({
  ...before,
  name,
  clientId,
  allowedAddresses,
  ...linkIn({ linkTemplate }),
  tokenHash,
  unsigned,
  retired: retiredAfter(before, tokenHash, now),
  ...(unsigned ? {} : { awaitsSecret: false }),
});
