import type { Preferences, Retention } from '../../shared/settings.ts';
import { providers } from '../providers/index.ts';
import { cleaned } from '../text.ts';
import type { AuthtokenRead } from './authtoken.ts';
import type { Settings, StoredSource, TunnelSettings } from './settings.ts';
import type { SavedSource } from './settings-file.ts';

/** What restoring would change. */
export type Differences = {
  readonly before: Settings;
  /** Without the sources that are added. */
  readonly after: Settings;
  readonly added: readonly SavedSource[];
  /** Not in the settings, but their secrets are still here. */
  readonly broughtBack: readonly SavedSource[];
  /** Whether there is an authtoken for the way in as it would be. */
  readonly authtoken: AuthtokenRead['status'];
};

/** One sentence for each thing that would change, what lets deliveries in first. Names are cleaned: the file may be a stranger's. */
export const changesIn = (differences: Differences): string[] =>
  sentencesOn(differences).map(cleaned);

const sentencesOn = ({ before, after, added, broughtBack, authtoken }: Differences) => [
  ...broughtBack.map(({ name }) => `Adds “${name}”, whose URL and secrets are still here.`),
  ...added.map(addedWords),
  ...after.sources.flatMap((source) => {
    const old = before.sources.find(({ id }) => id === source.id);
    return old ? sourceWords(old, source) : [];
  }),
  ...unlessSame(before.tunnel, after.tunnel, (tunnel) => tunnelWords(tunnel, authtoken)),
  ...unlessSame(before.receiver.port, after.receiver.port, portWords),
  ...unlessSame(before.receiver.trustedProxies, after.receiver.trustedProxies, proxyWords),
  ...unlessSame(before.receiver.hosts, after.receiver.hosts, hostWords),
  ...unlessSame(before.preferences.theme, after.preferences.theme, themeWords),
  ...unlessSame(before.preferences.density, after.preferences.density, densityWords),
  ...unlessSame(
    before.preferences.notificationDetail,
    after.preferences.notificationDetail,
    detailWords,
  ),
  ...unlessSame(before.retention, after.retention, (retention) =>
    retentionWords(before.retention, retention),
  ),
];

const unlessSame = <T>(before: T, after: T, words: (after: T) => string): string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : [words(after)];

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const nameOf = (provider: string): string => providers.get(provider)?.name ?? provider;

/** Whether its deliveries are rejected, or trusted by their URL alone, until a secret is pasted. */
export const lacksSecret = ({ provider, hasSecret = false }: SavedSource): boolean =>
  hasSecret || providers.get(provider)?.info.secret === 'required';

const addedWords = (source: SavedSource): string => {
  const { name, provider, allowedAddresses } = source;
  const secret = lacksSecret(source) ? ', without its secret' : '';
  const addresses =
    allowedAddresses === undefined ? '' : ` ${addressWords(allowedAddresses, provider)}`;
  return `Adds “${name}” (${nameOf(provider)}) with a new URL${secret}.${addresses}`;
};

const sourceWords = (before: StoredSource, after: StoredSource): string[] => [
  ...unlessSame(before.name, after.name, (name) => `Renames “${before.name}” to “${name}”.`),
  ...unlessSame(before.clientId, after.clientId, (clientId) =>
    clientId === null
      ? `“${after.name}” no longer checks the client id.`
      : `“${after.name}” takes only the client id ${clientId}.`,
  ),
  ...unlessSame(
    before.allowedAddresses,
    after.allowedAddresses,
    (addresses) => `“${after.name}”: ${addressWords(addresses, after.provider)}`,
  ),
];

const addressWords = (addresses: readonly string[] | null, provider: string): string => {
  const { name = provider, info } = providers.get(provider) ?? {};
  const isPublished = info !== undefined && info.publishedAddresses.length > 0;
  if (addresses === null && isPublished)
    return `Only the addresses that ${name} publishes may post to it.`;
  return addresses === null || addresses.length === 0
    ? 'Any address may post to it.'
    : `Only ${listed(addresses)} may post to it.`;
};

const tunnelWords = (tunnel: TunnelSettings, authtoken: AuthtokenRead['status']): string => {
  switch (tunnel.kind) {
    case 'none':
      return 'Public way in: none, only this computer.';
    case 'custom':
      return `Public way in: your own URL ${asWritten(tunnel.publicUrl)}.`;
    case 'ngrok': {
      const { domain, serverAddress, rootCa } = tunnel;
      const parts = [
        domain === null ? 'ngrok' : `ngrok at ${domain}`,
        ...(serverAddress === null ? [] : [`through ${serverAddress}`]),
        ...(rootCa === null ? [] : [`trusting the certificate in ${rootCa}`]),
      ];
      return `Public way in: ${parts.join(', ')}.${authtokenWords[authtoken]}`;
    }
  }
};

const authtokenWords = {
  open: '',
  none: ' Its authtoken is not in the file.',
  locked: ' Its authtoken is not in the file.',
  elsewhere:
    ' The authtoken has to be pasted again: the stored one is sent only to the server and CA it was entered for.',
} satisfies Record<AuthtokenRead['status'], string>;

/** A host of another script is told by its ASCII name: letters that look alike are not. */
const asWritten = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `https://${host}${pathname === '/' ? '' : pathname}`;
};

const portWords = (port: number | null): string =>
  port === null
    ? 'Port: 4747 or the next free one, from the next start on.'
    : `Port: ${port}, from the next start on.`;

const proxyWords = (proxies: readonly string[]): string =>
  proxies.length === 0 ? 'Trusts no proxy.' : `Trusts the proxies at ${listed(proxies)}.`;

const hostWords = (hosts: readonly string[]): string =>
  hosts.length === 0
    ? 'Takes nothing sent to another name.'
    : `Takes what is sent to the name ${listed(hosts)}.`;

const themeWords = (theme: Preferences['theme']): string => `Theme: ${theme}.`;
const densityWords = (density: Preferences['density']): string => `Rows: ${density}.`;
const details = {
  full: 'everything',
  'type-only': 'only the kind',
  'new-event': 'only that it came',
} satisfies Record<Preferences['notificationDetail'], string>;
const detailWords = (detail: Preferences['notificationDetail']): string =>
  `Notifications say ${details[detail]}.`;

const counting = new Intl.NumberFormat('en-GB');
const retentionWords = (before: Retention, { days, entries, bytes }: Retention): string => {
  const kept = `${counting.format(days)} days, ${counting.format(entries)} events and ${counting.format(Math.round(bytes / 1_048_576))} MiB`;
  const less = days < before.days || entries < before.entries || bytes < before.bytes;
  return `Keeps at most ${kept}.${less ? ' What is beyond that is removed at once.' : ''}`;
};
