import * as z from 'zod/mini';
import { Preferences, Retention } from '../../shared/settings.ts';
import type { Folder } from '../history/folder.ts';

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
    trustedProxies: z.array(z.string()),
  }),
  tunnel: TunnelSettings,
  /** Where the last tunnel was online, and the sources whose portals have not posted there yet. */
  publicUrl: z.nullable(z.string()),
  moved: z.array(z.string()),
  sources: z.array(StoredSource),
  preferences: Preferences,
  retention: Retention,
  /** The person was told once that closing the window keeps Hookbell running. */
  toldAboutTray: z.boolean(),
};
const Settings = z.object(fields);
export type Settings = z.infer<typeof Settings>;

const defaults: Settings = {
  receiver: { port: null, trustedProxies: [] },
  tunnel: { kind: 'none' },
  publicUrl: null,
  moved: [],
  sources: [],
  preferences: { theme: 'system', density: 'comfortable', notificationDetail: 'full' },
  retention: { days: 90, entries: 100_000, bytes: 1024 * 1024 * 1024 },
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
    sources: sources.flatMap((source) => StoredSource.safeParse(source).data ?? []),
    preferences: field(fields.preferences, 'preferences', defaults.preferences),
    retention: field(fields.retention, 'retention', defaults.retention),
    toldAboutTray: field(fields.toldAboutTray, 'toldAboutTray', defaults.toldAboutTray),
  };
};

export type SettingsStore = {
  readonly current: Settings;
  /** Where they came from at the start. `backup` and `defaults` mean that the file itself could not be read. */
  readonly origin: 'file' | 'new' | 'backup' | 'defaults';
  /** On disk, read back and backed up when it returns. Throws, changing nothing, when the disk refuses. */
  change(changed: Partial<Settings>): void;
};

/** Opens settings.json, else its backup, else begins with the defaults; a damaged file is set aside, never overwritten. */
export async function openSettings(folder: Folder): Promise<SettingsStore> {
  const main = folder.store('settings');
  const backup = folder.store('settings.bak');
  const opened = await read();
  let { settings } = opened;

  async function read(): Promise<{ settings: Settings; origin: SettingsStore['origin'] }> {
    try {
      const value = main.read();
      if (value !== undefined) return { settings: settingsIn(value), origin: 'file' };
    } catch {
      await folder.rename('settings.json', `settings.json.corrupt-${(await folder.list()).length}`);
      return readBackup('defaults');
    }
    return readBackup('new');
  }

  function readBackup(without: 'defaults' | 'new') {
    try {
      const value = backup.read();
      if (value !== undefined) return { settings: settingsIn(value), origin: 'backup' as const };
    } catch {
      // A damaged backup is worth no more than none.
    }
    return { settings: defaults, origin: without };
  }

  return {
    get current() {
      return settings;
    },
    origin: opened.origin,
    change: (changed) => {
      const next = { ...settings, ...changed };
      if (JSON.stringify(next) === JSON.stringify(settings) && opened.origin === 'file') return;
      main.write({ v: 1, ...next });
      // On a full disk electron-store can report success and leave a cut file: believe only what reads back (S1).
      if (JSON.stringify(settingsIn(main.read())) !== JSON.stringify(settingsIn(next))) {
        throw new Error('settings.json does not read back as it was written');
      }
      backup.write({ v: 1, ...next });
      settings = next;
    },
  };
}
