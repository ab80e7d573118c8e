import * as z from 'zod/mini';
import { Density, DetailLevel, Retention, Theme } from '../../shared/settings.ts';
import {
  bareHost,
  checked,
  type FileRead,
  jsonIn,
  list,
  ofTheFile,
  publicUrl,
  receiverFields,
  repeatedIds,
  serverAddress,
  sourceFields,
  text,
} from './file-format.ts';
import type { Settings, StoredSource, TunnelSettings } from './settings.ts';

const mustBeObject = 'must be an object';
const whole = z.int('must be a whole number');
const flag = z.boolean('must be true or false');
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

const SavedSource = z.strictObject(
  {
    ...sourceFields,
    /** It had a secret, which is not in the file. */
    hasSecret: z.optional(flag),
  },
  mustBeObject,
);
export type SavedSource = z.infer<typeof SavedSource>;

const SavedTunnel = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('custom'), publicUrl }),
    z.strictObject({
      kind: z.literal('ngrok'),
      domain: z.optional(bareHost),
      serverAddress: z.optional(serverAddress),
      rootCa: z.optional(text),
      closedAtEdge: z.optional(flag),
    }),
  ],
  'must be an object whose kind is none, custom or ngrok',
);

/** What tells the file from every other one. A later version that changes the meaning of a field raises `v`. */
const Mark = z.object({ hookbell: z.literal('settings'), v: z.int() });
const version = 1;

const SettingsFile = z.strictObject({
  hookbell: z.literal('settings'),
  v: z.literal(version),
  receiver: z.optional(z.strictObject(receiverFields, mustBeObject)),
  tunnel: z.optional(SavedTunnel),
  sources: z.optional(list(SavedSource)),
  preferences: z.optional(
    z.strictObject(
      {
        theme: oneOf(Theme.options),
        density: oneOf(Density.options),
        notificationDetail: oneOf(DetailLevel.options),
      },
      mustBeObject,
    ),
  ),
  retention: z.optional(
    z.strictObject({ days: whole, entries: whole, bytes: whole }, mustBeObject),
  ),
});
/** Settings as they can be shown to anyone: in words of the provisioning file, without secret, token or hash. */
export type SettingsFile = z.infer<typeof SettingsFile>;

/** The settings as a file. Every field is named here, so that none that holds a secret comes along unseen. */
export const settingsFileOf = (
  { receiver, tunnel, sources, preferences, retention }: Settings,
  hasSecret: (source: StoredSource) => boolean,
): string => {
  const { theme, density, notificationDetail } = preferences;
  const { days, entries, bytes } = retention;
  const file: SettingsFile = {
    hookbell: 'settings',
    v: version,
    receiver: {
      ...given('port', receiver.port),
      trustedProxies: receiver.trustedProxies,
      ...(receiver.hosts.length > 0 ? { hosts: receiver.hosts } : {}),
    },
    tunnel: savedTunnel(tunnel),
    sources: sources.map((source) => ({
      id: source.id,
      provider: source.provider,
      name: source.name,
      ...given('clientId', source.clientId),
      ...given('allowedAddresses', source.allowedAddresses),
      ...(hasSecret(source) ? { hasSecret: true } : {}),
    })),
    preferences: { theme, density, notificationDetail },
    retention: { days, entries, bytes },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
};

const given = <K extends string, T>(name: K, value: T | null) =>
  value === null ? {} : { [name]: value };

const savedTunnel = (tunnel: TunnelSettings): z.infer<typeof SavedTunnel> => {
  switch (tunnel.kind) {
    case 'none':
      return { kind: 'none' };
    case 'custom':
      return { kind: 'custom', publicUrl: tunnel.publicUrl };
    case 'ngrok':
      return {
        kind: 'ngrok',
        ...given('domain', tunnel.domain),
        ...given('serverAddress', tunnel.serverAddress),
        ...given('rootCa', tunnel.rootCa),
        ...(tunnel.closedAtEdge ? {} : { closedAtEdge: false }),
      };
  }
};

/** Reads a file of settings as a whole: every mistake is named, and one mistake means that nothing of it is used. */
export const readSettingsFile = (json: string): FileRead<SettingsFile> => {
  const read = jsonIn(json);
  if (read.status === 'mistaken') return read;
  const mark = Mark.safeParse(read.value).data;
  if (!mark) return mistaken('was not made by “Save settings”');
  if (mark.v > version) return mistaken('was saved by a newer Hookbell');

  const parsed = checked(SettingsFile, read.value);
  if (parsed.status === 'mistaken') return parsed;
  const { sources = [], retention } = parsed.value;
  const mistakes = [...repeatedIds(sources), ...retentionMistakes(retention)];
  return mistakes.length > 0 ? { status: 'mistaken', mistakes } : parsed;
};

const mistaken = (message: string) =>
  ({ status: 'mistaken', mistakes: [ofTheFile(message)] }) as const;

const retentionMistakes = (retention: SettingsFile['retention']) => {
  if (!retention) return [];
  const { error } = Retention.safeParse(retention);
  const places = (error?.issues ?? []).map(({ path }) => path.join('.'));
  return places.map((place) => ({ path: `retention.${place}`, message: 'is out of range' }));
};
