import * as z from 'zod/mini';
import { Pause } from '../../shared/hold.ts';
import { Rule, rulesAtMost } from '../../shared/notification-rules.ts';
import { QuietHours } from '../../shared/quiet-hours.ts';
import { SavedSearches } from '../../shared/saved-search.ts';
import { Preferences, Retention } from '../../shared/settings.ts';
import { TunnelSettings } from '../../shared/tunnel.ts';
import { openBackedStore, type Standing } from '../storage/backed-store.ts';
import type { Folder } from '../storage/folder.ts';

/** A source without its secrets. The SHA-256 (hex) of its token recognizes its URL even while secrets are locked. */
export const StoredSource = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  tokenHash: z.string(),
  /** Replaced tokens, and until when (epoch ms) they still work. */
  retired: z.array(z.object({ hash: z.string(), until: z.int() })),
  clientId: z.nullable(z.string()),
  allowedAddresses: z.nullable(z.array(z.string())),
  linkTemplate: z.optional(z.string()),
  /** It has no secret, so its deliveries do not wait for the keyring. */
  unsigned: z.optional(z.boolean()),
  /** It was restored without the secret it had. */
  awaitsSecret: z.optional(z.boolean()),
  /** How many quarters of each limit of the history its unsigned deliveries may take up (H15); left out: one. */
  quarters: z.optional(z.int().check(z.minimum(1), z.maximum(4))),
});
export type StoredSource = z.infer<typeof StoredSource>;

/** A name that the person gave to an account, or to the user, workspace or grant that it belongs to. */
export const StoredName = z.object({
  of: z.enum(['account', 'owner']),
  sourceId: z.string(),
  id: z.string(),
  name: z.string(),
});
export type StoredName = z.infer<typeof StoredName>;

const fields = {
  receiver: z.object({
    /** Null: 4747, or the next free one. A number: exactly that one. */
    port: z.nullable(z.int().check(z.minimum(1), z.maximum(65535))),
    trustedProxies: z.array(z.string()),
    /** Other host names that the person accepted, as `plainHost` spells them. */
    hosts: z._default(z.array(z.string()), []),
  }),
  tunnel: TunnelSettings,
  /** The last public URL that worked, and the sources whose portals have not posted there yet. */
  publicUrl: z.nullable(z.string()),
  moved: z.array(z.string()),
  /** Sources whose portals last posted to a replaced URL. `until`: when that URL stops working, epoch ms. */
  oldUrls: z.array(z.object({ sourceId: z.string(), until: z.int() })),
  sources: z.array(StoredSource),
  preferences: Preferences,
  retention: Retention,
  /** The names that the person gave to accounts and to their owners. */
  ownNames: z.array(StoredName),
  rules: z.array(Rule).check(z.maxLength(rulesAtMost)),
  searches: SavedSearches,
  quietHours: QuietHours,
  /** Null while notifications are not paused. One whose time has passed is over. */
  pause: z.nullable(Pause),
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
  ownNames: [],
  rules: [],
  searches: [],
  quietHours: {
    on: false,
    spans: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
    admitsGrave: false,
  },
  pause: null,
  lost: false,
  toldAboutTray: false,
};

/** Reads field by field: an invalid one falls back to its default, and an invalid source or rule is left out. */
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
    ownNames: field(fields.ownNames, 'ownNames', defaults.ownNames),
    rules: field(z.array(z.unknown()), 'rules', [])
      .flatMap((rule) => Rule.safeParse(rule).data ?? [])
      .slice(0, rulesAtMost),
    searches: field(fields.searches, 'searches', defaults.searches),
    quietHours: field(fields.quietHours, 'quietHours', defaults.quietHours),
    pause: field(fields.pause, 'pause', defaults.pause),
    lost: field(fields.lost, 'lost', defaults.lost),
    toldAboutTray: field(fields.toldAboutTray, 'toldAboutTray', defaults.toldAboutTray),
  };
};

type Remembered = Pick<
  Settings,
  'publicUrl' | 'moved' | 'oldUrls' | 'lost' | 'toldAboutTray' | 'preferences' | 'pause'
>;
const nothing: Partial<Remembered> = {};

export type SettingsStore = {
  readonly current: Settings;
  readonly standing: Standing;
  /** Null while the person's choice cannot be known: no event is deleted on a guess. */
  readonly retention: Retention | null;
  /** There may be unknown sources: settings were lost, or cannot be read (R13d). */
  readonly areLost: boolean;
  /** Throws what would keep anything from being changed: for a change that begins in the vault. */
  demandWritable(): void;
  /** On disk, read back and backed up when it returns. Throws, changing nothing, where that fails. */
  change(changed: Partial<Settings>): void;
  /** Never throws: what cannot be written stays in memory, and is written with the next change. */
  remember(noted: Partial<Remembered>): void;
};

/** Opens settings.json, else its backup, else the defaults, see `openBackedStore`. */
export const openSettings = (folder: Folder): SettingsStore => {
  const store = openBackedStore<Settings>({
    folder,
    name: 'settings',
    parse: settingsIn,
    initial: defaults,
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
        // The next change writes it.
      }
    },
  };
};
