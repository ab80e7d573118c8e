import * as z from 'zod/mini';
import type { SourceChange, SourceDraft } from '../../shared/source.ts';
import type { OwnValues } from '../masking.ts';
import type { Credentials } from '../providers/provider.ts';
import { sameBytes, sha256 } from '../verdict.ts';
import type { SettingsStore, StoredSource } from './settings.ts';
import type { Vault } from './vault.ts';

const SourceSecrets = z.object({ token: z.string(), secrets: z.array(z.string()) });
type SourceSecrets = z.infer<typeof SourceSecrets>;

/** A token is at least 22 characters of the URL-safe alphabet: 128 bits of randomness. */
export const tokenPattern = /^[A-Za-z0-9_-]{22,256}$/;

/** How long a replaced URL still works. */
export const graceMs = 7 * 24 * 60 * 60 * 1000;

/** A path that belongs to a source: through its current token, or through a replaced one that works `until` (epoch ms). */
export type Endpoint = {
  readonly source: StoredSource;
  readonly until: number | null;
};

/** How a source is known: what the person gave, with an id of its own. */
export type NewSource = Omit<SourceDraft, 'secrets'> & {
  readonly id: string;
  readonly token: string;
  readonly secrets: readonly string[];
};

type NamedSource = Omit<NewSource, 'token' | 'secrets'>;

const storedSource = (
  { id, provider, name, clientId, allowedAddresses }: NamedSource,
  token: string,
  secrets: readonly string[],
): StoredSource => ({
  ...{ id, provider, name, clientId, allowedAddresses },
  ...{ tokenHash: hashOf(token), retired: [], unsigned: secrets.length === 0 },
});

/** A source as it was, with what a file says of it. A token that is another one than before works on for the grace time. */
const provisioned = (
  before: StoredSource,
  { name, clientId, allowedAddresses, tokenHash, unsigned }: StoredSource,
  secrets: readonly string[],
  now: number,
): StoredSource => ({
  ...before,
  ...{ name, clientId, allowedAddresses, tokenHash },
  ...(unsigned === undefined ? {} : { unsigned }),
  retired: retiredAfter(before, tokenHash, now),
  ...(secrets.length > 0 ? { awaitsSecret: false } : {}),
});

/** The replaced tokens of a source that gets this one. */
const retiredAfter = (
  { tokenHash: before, retired }: StoredSource,
  tokenHash: string,
  now: number,
): StoredSource['retired'] => {
  if (before === tokenHash) return retired;
  const all = [...retired, { hash: before, until: now + graceMs }];
  return all.filter(({ hash, until }) => until > now && hash !== tokenHash);
};

const providerPath = /^\/hooks\/([a-z0-9-]{1,40})(?:\/|$)/i;
/** One slash at the end and any letter case of the provider are the same endpoint (5.2, step 5). */
const endpointPath = /^\/hooks\/([a-z0-9-]{1,40})\/([^/?#]{1,512})\/?$/i;
const hashOf = (token: string) => sha256(token).toString('hex');

/** Sources are replaced when they change, never changed. */
const hashesOf = new WeakMap<StoredSource, readonly TokenHash[]>();
type TokenHash = { readonly hash: Buffer; readonly until: number | null };

/** The current token's hash, and those of replaced ones. */
const tokenHashes = (source: StoredSource): readonly TokenHash[] => {
  const known = hashesOf.get(source);
  if (known) return known;
  const hashes = [
    { hash: Buffer.from(source.tokenHash, 'hex'), until: null },
    ...source.retired.map(({ hash, until }) => ({ hash: Buffer.from(hash, 'hex'), until })),
  ];
  hashesOf.set(source, hashes);
  return hashes;
};

const secretsIn = (text: string): SourceSecrets | null => {
  try {
    return SourceSecrets.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

export type Sources = ReturnType<typeof createSources>;

/** The connections the user set up, in the settings and (token and secrets) in the vault. */
export const createSources = (settings: SettingsStore, vault: Vault) => {
  const list = () => settings.current.sources;
  const find = (id: string) => list().find((source) => source.id === id);

  /** Read for every delivery, changed once in a while: parsed again only when the vault holds another text. */
  const parsed = new Map<
    string,
    { readonly from: string; readonly secrets: SourceSecrets | null }
  >();

  const secretsOf = (id: string): SourceSecrets | null => {
    const found = vault.read(id);
    if (found.status !== 'open') return null;
    const known = parsed.get(id);
    if (known?.from === found.value) return known.secrets;
    const secrets = secretsIn(found.value);
    parsed.set(id, { from: found.value, secrets });
    return secrets;
  };

  /** Null while its secrets cannot be read. */
  const credentialsOf = (source: StoredSource): Credentials | null => {
    const { id, clientId, allowedAddresses, unsigned = false } = source;
    const known = secretsOf(id)?.secrets ?? (unsigned && isKept(id) ? [] : null);
    return known && { secrets: known, clientId, allowedAddresses };
  };
  /** A source whose token is gone starts anew with another one. */
  const isKept = (id: string) => vault.read(id).status !== 'none';

  const keepSecrets = (id: string, secrets: SourceSecrets) =>
    vault.put(id, JSON.stringify(secrets));

  /** A source is in both: what one of them cannot take is not begun in the other. */
  const demandBothWritable = () => {
    settings.demandWritable();
    vault.demandWritable();
  };

  const replace = (changed: StoredSource) =>
    settings.change({
      sources: list().map((source) => (source.id === changed.id ? changed : source)),
    });

  return {
    list,
    find,
    isLocked: (source: StoredSource) => credentialsOf(source) === null,
    /** Whether it is locked because its secrets, which are there, cannot be read now; they may be tomorrow. */
    keepsUnreadable: ({ id }: StoredSource) => vault.read(id).status === 'locked',
    tokenOf: ({ id }: StoredSource): string | null => secretsOf(id)?.token ?? null,
    secretCount: ({ id }: StoredSource) => secretsOf(id)?.secrets.length ?? 0,

    credentialsOf,

    /** What nobody may see of the sources: of those whose secrets are locked, the client id and the hashes. */
    ownValues: (): OwnValues => ({
      values: list().flatMap(({ id, clientId }) => {
        const { token = [], secrets = [] } = secretsOf(id) ?? {};
        return [token, secrets, clientId ?? []].flat();
      }),
      tokenHashes: new Set(
        list().flatMap(({ tokenHash, retired }) => [tokenHash, ...retired.map(({ hash }) => hash)]),
      ),
    }),

    /** Does the same work for every path, so that its time tells nothing about the tokens (R5.2, step 5). */
    at: (path: string, now: number): Endpoint | null => {
      const [, provider = '', token = ''] = endpointPath.exec(path) ?? [];
      const given = sha256(token);
      let found: Endpoint | null = null;
      for (const source of list()) {
        const isProvider = source.provider === provider.toLowerCase();
        for (const { hash, until } of tokenHashes(source)) {
          const fits = sameBytes(given, hash) && isProvider;
          if (fits && until === null) found = { source, until };
          if (fits && until !== null && now < until) found ??= { source, until };
        }
      }
      return found;
    },

    /** The sources that a path which is none of theirs may be meant for: those of the provider it names. */
    meantBy: (path: string): StoredSource[] => {
      const [, named = ''] = providerPath.exec(path) ?? [];
      return list().filter(({ provider }) => provider === named.toLowerCase());
    },

    add: async ({ secrets, token, ...named }: NewSource): Promise<void> => {
      demandBothWritable();
      await keepSecrets(named.id, { token, secrets: [...secrets] });
      settings.change({ sources: [...list(), storedSource(named, token, secrets)] });
    },

    /**
     * Sets a source up as a file says, at once and without the keyring. Settles as the vault's `give`; throws, changing nothing, when
     * settings or secrets cannot be written.
     */
    provision: ({ secrets, token, ...named }: NewSource, now: number): Promise<void> => {
      demandBothWritable();
      const fresh = storedSource(named, token, secrets);
      const known = find(named.id);
      const others = list().filter(({ id }) => id !== named.id);
      const isSame = known?.provider === named.provider;
      settings.change({
        sources: isSame
          ? list().map((one) => (one === known ? provisioned(one, fresh, secrets, now) : one))
          : [...others, fresh],
      });
      return vault.give(named.id, JSON.stringify({ token, secrets: [...secrets] }));
    },

    /** Whether a source that is not in the list still has its secrets in the vault. */
    remembers: (id: string) => secretsOf(id) !== null,
    /** A source to be put in the list by the caller: with the secrets that are still there, else with this token alone. */
    prepare: async (named: NamedSource, token: string): Promise<StoredSource> => {
      const known = secretsOf(named.id);
      if (!known) {
        demandBothWritable();
        await keepSecrets(named.id, { token, secrets: [] });
      }
      return storedSource(named, known?.token ?? token, known?.secrets ?? []);
    },
    /** What was prepared and did not get into the list. */
    abandon: (prepared: readonly StoredSource[]): void => {
      for (const { id } of prepared) {
        try {
          vault.remove(id);
        } catch {
          // A token that opens nothing stays behind.
        }
      }
    },

    change: async (source: StoredSource, change: SourceChange): Promise<void> => {
      const known = secretsOf(source.id);
      const { name, clientId, allowedAddresses, newSecret } = change;
      const rotated =
        newSecret === undefined ? undefined : [newSecret, ...(known?.secrets ?? [])].slice(0, 2);
      const secrets = rotated ?? change.secrets;
      if (secrets !== undefined && known) {
        demandBothWritable();
        // Before the secret is there: an end in between must not leave a source that needs none.
        if (secrets.length > 0 && source.unsigned) replace({ ...source, unsigned: false });
        await keepSecrets(source.id, { ...known, secrets });
      }
      replace({
        ...source,
        name: name ?? source.name,
        clientId: clientId === undefined ? source.clientId : clientId,
        allowedAddresses:
          allowedAddresses === undefined ? source.allowedAddresses : allowedAddresses,
        ...(secrets !== undefined && known ? { unsigned: secrets.length === 0 } : {}),
        ...(secrets !== undefined && secrets.length > 0 ? { awaitsSecret: false } : {}),
      });
    },

    /**
     * The old token works for the grace time; the one in use may be given again. A locked source starts anew without secrets, and
     * those that cannot be read now are lost: of one that `keepsUnreadable`, only a caller who sets its secrets right after may ask for this.
     */
    replaceToken: async (source: StoredSource, token: string, now: number): Promise<void> => {
      demandBothWritable();
      const secrets = secretsOf(source.id)?.secrets ?? [];
      await keepSecrets(source.id, { token, secrets });
      const tokenHash = hashOf(token);
      const unsigned = secrets.length === 0;
      replace({ ...source, tokenHash, unsigned, retired: retiredAfter(source, tokenHash, now) });
    },

    remove: (id: string): void => {
      demandBothWritable();
      settings.change({
        sources: list().filter((source) => source.id !== id),
        moved: settings.current.moved.filter((moved) => moved !== id),
        oldUrls: settings.current.oldUrls.filter(({ sourceId }) => sourceId !== id),
      });
      vault.remove(id);
    },
  };
};
