import * as z from 'zod/mini';
import { Preferences, Retention } from '../../shared/settings.ts';
import type { Folder } from '../history/folder.ts';
import { openBackedStore, type Standing } from './backed-store.ts';

/** A source without its secrets: the token only as its SHA-256 (hex), which says whether a URL is right even while secrets are locked. */
export const StoredSource = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  tokenHash: z.string(),
  /** Replaced tokens, and until when (epoch ms) they still work. */
  retired: z.array(z.object({ hash: z.string(), until: z.int() })),
  clientId: z.nullable(z.string()),
  allowedAddresses: z.nullable(z.array(z.string())),
  /** It has no secret: what it needs is all here, and the keyring is not waited for. */
  unsigned: z.optional(z.boolean()),
  /** It was restored without the secret it had. */
  awaitsSecret: z.optional(z.boolean()),
  /** Of each limit of the history, what its unsigned deliveries may take up (H15); left out where the person did not raise it. */
  quarters: z.optional(z.int().check(z.minimum(1), z.maximum(4))),
});
export type StoredSource = z.infer<typeof StoredSource>;

/** The public way in. ngrok's authtoken is in the vault, not here. */
export const TunnelSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('custom'), publicUrl: z.string() }),
  z.object({
    kind: z.literal('ngrok'),
    domain: z.nullable(z.string()),
    serverAddress: z.nullable(z.string()),
    rootCa: z.nullable(z.string()),
    /** ngrok itself answers 404 to what is not for our endpoints. */
    closedAtEdge: z._default(z.boolean(), true),
  }),
]);
export type TunnelSettings = z.infer<typeof TunnelSettings>;

const fields = {
  receiver: z.object({
    /** Null: 4747, or the next free one. A number: exactly that one. */
    port: z.nullable(z.int().check(z.minimum(1), z.maximum(65535))),
    /** Addresses and CIDR ranges. */
    trustedProxies: z.array(z.string()),
    /** Other names in Host that the person accepted, as `plainHost` spells them. */
    hosts: z._default(z.array(z.string()), []),
  }),
  tunnel: TunnelSettings,
  /** Where the last tunnel was online, and the sources whose portals have not posted there yet. */
  publicUrl: z.nullable(z.string()),
  moved: z.array(z.string()),
  /** Sources whose portals posted to a replaced URL, and not to the new one since. `until`: when that one stops working, epoch ms. */
  oldUrls: z.array(z.object({ sourceId: z.string(), until: z.int() })),
  sources: z.array(StoredSource),
  preferences: Preferences,
  retention: Retention,
  /** The settings before these were lost, and the person has not looked yet. */
  lost: z.boolean(),
  /** The person was told once that closing the window keeps Hookbell running. */
  toldAboutTray: z.boolean(),
};
const Settings = z.object(fields);
export type Settings = z.infer<typeof Settings>;

const defaults: Settings = {
  receiver: { port: null, trustedProxies: [], hosts: [] },
  tunnel: { kind: 'none' },
  publicUrl: null,
  moved: [],
  oldUrls: [],
  sources: [],
  preferences: { theme: 'system', density: 'comfortable', notificationDetail: 'full' },
  retention: { days: 90, entries: 100_000, bytes: 1024 * 1024 * 1024 },
  lost: false,
  toldAboutTray: false,
};

/** Field by field: one that makes no sense falls back to its default, the others stay; a bad source does not cost the good ones. */
const settingsIn = (value: unknown): Settings => {
  const given = z.record(z.string(), z.unknown()).parse(value);
  const field = <T>(schema: z.ZodMiniType<T>, name: string, fallback: T): T =>
    schema.safeParse(given[name]).data ?? fallback;
  const sources = field(z.array(z.unknown()), 'sources', []);
  return {
    receiver: field(fields.receiver, 'receiver', defaults.receiver),
    tunnel: field(fields.tunnel, 'tunnel', defaults.tunnel),
    publicUrl: field(fields.publicUrl, 'publicUrl', defaults.publicUrl),
    moved: field(fields.moved, 'moved', defaults.moved),
    oldUrls: field(fields.oldUrls, 'oldUrls', defaults.oldUrls),
    sources: sources.flatMap((source) => StoredSource.safeParse(source).data ?? []),
    preferences: field(fields.preferences, 'preferences', defaults.preferences),
    retention: field(fields.retention, 'retention', defaults.retention),
    lost: field(fields.lost, 'lost', defaults.lost),
    toldAboutTray: field(fields.toldAboutTray, 'toldAboutTray', defaults.toldAboutTray),
  };
};

/** What the app notes for itself. */
type Remembered = Pick<Settings, 'publicUrl' | 'moved' | 'oldUrls' | 'lost' | 'toldAboutTray'>;
const nothing: Partial<Remembered> = {};

export type SettingsStore = {
  readonly current: Settings;
  readonly standing: Standing;
  /** Null while what the person chose cannot be known: nothing is to be forgotten on a guess. */
  readonly retention: Retention | null;
  /** There may be sources that nobody knows of: settings were lost, or cannot be read (R13d). */
  readonly areLost: boolean;
  /** Throws what would keep anything from being changed, without trying to: for a change that begins in the vault. */
  demandWritable(): void;
  /** On disk, read back and backed up when it returns. Throws, changing nothing, when it cannot be. */
  change(changed: Partial<Settings>): void;
  /** Never throws: what cannot be written is remembered until the app ends, or the next change. */
  remember(noted: Partial<Remembered>): void;
};

/** Opens settings.json, else its backup, else begins with the defaults, see `openBackedStore`. */
export const openSettings = (folder: Folder): SettingsStore => {
  const store = openBackedStore<Settings>({
    ...{ folder, name: 'settings', parse: settingsIn, initial: defaults },
  });
  let unsaved = nothing;

  function change(changed: Partial<Settings>): void {
    store.change((settings) => ({ ...settings, ...unsaved, ...changed }));
    unsaved = nothing;
  }

  return {
    get current() {
      return unsaved === nothing ? store.current : { ...store.current, ...unsaved };
    },
    get standing() {
      return store.standing;
    },
    get retention() {
      const { from, trouble } = store.standing;
      const isGuess =
        trouble?.status === 'newer' || (trouble?.status === 'refused' && from === 'nothing');
      return isGuess ? null : store.current.retention;
    },
    get areLost() {
      const { from, trouble } = store.standing;
      const areHidden = trouble?.status === 'newer' || trouble?.status === 'refused';
      return this.current.lost || (from === 'nothing' && areHidden);
    },
    demandWritable: store.demandWritable,
    change,
    remember: (noted) => {
      unsaved = { ...unsaved, ...noted };
      try {
        change({});
      } catch {
        // Tried again with the next change.
      }
    },
  };
};
