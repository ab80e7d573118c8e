import * as z from 'zod/mini';
import { Rule, rulesAtMost } from '../../shared/notification-rules.ts';
import { QuietHours } from '../../shared/quiet-hours.ts';
import { SavedSearches } from '../../shared/saved-search.ts';
import { Density, DetailLevel, Retention, Theme } from '../../shared/settings.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import {
  checked,
  type FileRead,
  flag,
  jsonIn,
  list,
  nameInFile,
  ngrokInFile,
  ofTheFile,
  receiverFields,
  repeatedIds,
  sourceFields,
  tunnelInFile,
} from './file-format.ts';
import { mostNames } from './own-names.ts';
import type { Settings, StoredSource } from './settings.ts';

const mustBeObject = 'must be an object';
const whole = z.int('must be a whole number');
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

const SavedSource = z.strictObject(
  {
    ...sourceFields,
    hasSecret: z.optional(flag),
  },
  mustBeObject,
);
export type SavedSource = z.infer<typeof SavedSource>;

/** The mark of a settings file. A version that changes the meaning of a field raises `v`. */
const Mark = z.object({ hookbell: z.literal('settings'), v: z.int() });
const version = 1;

const SettingsFile = z.strictObject({
  hookbell: z.literal('settings'),
  v: z.literal(version),
  receiver: z.optional(z.strictObject(receiverFields, mustBeObject)),
  tunnel: z.optional(tunnelInFile(ngrokInFile)),
  sources: z.optional(list(SavedSource)),
  preferences: z.optional(
    z.strictObject(
      {
        theme: oneOf(Theme.options),
        density: oneOf(Density.options),
        notificationDetail: oneOf(DetailLevel.options),
        askedAboutLogin: z.optional(flag),
      },
      mustBeObject,
    ),
  ),
  retention: z.optional(
    z.strictObject({ days: whole, entries: whole, bytes: whole }, mustBeObject),
  ),
  ownNames: z.optional(list(nameInFile).check(z.maxLength(mostNames, 'must be at most 5000'))),
  rules: z.optional(
    list(
      z
        .unknown()
        .check(z.refine((rule) => Rule.safeParse(rule).success, 'is no rule for notifications')),
    ).check(z.maxLength(rulesAtMost, `must be at most ${rulesAtMost}`)),
  ),
  searches: z.optional(
    z
      .unknown()
      .check(z.refine((value) => SavedSearches.safeParse(value).success, 'are no searches')),
  ),
  quietHours: z.optional(
    z
      .unknown()
      .check(z.refine((value) => QuietHours.safeParse(value).success, 'are no quiet hours')),
  ),
});
/** Settings that anyone may see: without secret, token or hash, with the field names of the provisioning file. */
export type SettingsFile = z.infer<typeof SettingsFile>;

/** The settings as a file. Every field is named here, so that no secret comes along unseen. */
export const settingsFileOf = (
  {
    receiver,
    tunnel,
    sources,
    preferences,
    retention,
    ownNames,
    rules,
    searches,
    quietHours,
  }: Settings,
  hasSecret: (source: StoredSource) => boolean,
): string => {
  const { theme, density, notificationDetail, askedAboutLogin = false } = preferences;
  const { days, entries, bytes } = retention;
  const file: z.input<typeof SettingsFile> = {
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
      ...given('linkTemplate', source.linkTemplate ?? null),
      ...(hasSecret(source) ? { hasSecret: true } : {}),
    })),
    preferences: {
      theme,
      density,
      notificationDetail,
      ...(askedAboutLogin ? { askedAboutLogin } : {}),
    },
    retention: { days, entries, bytes },
    ...(ownNames.length > 0
      ? { ownNames: ownNames.map(({ of, sourceId, id, name }) => ({ of, sourceId, id, name })) }
      : {}),
    rules,
    ...(searches.length > 0 ? { searches } : {}),
    quietHours,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
};

const given = <K extends string, T>(name: K, value: T | null) =>
  value === null ? {} : { [name]: value };

const savedTunnel = (tunnel: TunnelSettings): z.input<typeof SettingsFile>['tunnel'] => {
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

/** Reads a settings file as a whole: names every mistake, and with any nothing of it may be used. */
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
