import { list } from '../../shared/english.ts';
import type { Rule } from '../../shared/notification-rules.ts';
import type { QuietHours } from '../../shared/quiet-hours.ts';
import type { SavedSearch } from '../../shared/saved-search.ts';
import type { Preferences, Retention } from '../../shared/settings.ts';
import type { TunnelSettings } from '../../shared/tunnel.ts';
import { providers } from '../providers/index.ts';
import { cleaned } from '../text.ts';
import type { AuthtokenRead } from './authtoken.ts';
import type { Settings, StoredName, StoredSource } from './settings.ts';
import type { SavedSource } from './settings-file.ts';

/** What restoring a file would change. */
export type Differences = {
  readonly before: Settings;
  readonly after: Settings;
  readonly added: readonly SavedSource[];
  /** Sources that are not in the settings, but whose secrets the vault still has. */
  readonly broughtBack: readonly SavedSource[];
  /** Whether there is an authtoken for the restored tunnel settings. */
  readonly authtoken: AuthtokenRead['status'];
};

/** One sentence for each change, what lets deliveries in first. Names are cleaned: the file may be a stranger's. */
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
  ...unlessSame(
    before.preferences.askedAboutLogin ?? false,
    after.preferences.askedAboutLogin ?? false,
    askedWords,
  ),
  ...unlessSame(before.ownNames, after.ownNames, (names) => nameWords(before.ownNames, names)),
  ...unlessSame(before.rules, after.rules, ruleWords),
  ...unlessSame(before.searches, after.searches, searchWords),
  ...unlessSame(before.quietHours, after.quietHours, quietWords),
  ...unlessSame(before.retention, after.retention, (retention) =>
    retentionWords(before.retention, retention),
  ),
];

const unlessSame = <T>(before: T, after: T, words: (after: T) => string): string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : [words(after)];

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const nameOf = (provider: string): string => providers.get(provider)?.name ?? provider;

/** Whether a secret is still to be pasted: until then deliveries are rejected, or verified by their URL alone. */
export const lacksSecret = ({ provider, hasSecret = false }: SavedSource): boolean =>
  hasSecret || providers.get(provider)?.info.secret === 'required';

const addedWords = (source: SavedSource): string => {
  const { name, provider, allowedAddresses, linkTemplate } = source;
  const secret = lacksSecret(source) ? ', without its secret' : '';
  const addresses =
    allowedAddresses === undefined ? '' : ` ${addressWords(allowedAddresses, provider)}`;
  const link = linkTemplate === undefined ? '' : ` It ${linkWords(linkTemplate)}`;
  return `Adds “${name}” (${nameOf(provider)}) with a new URL${secret}.${addresses}${link}`;
};

/** The host in ASCII, as on the button that opens it. */
const linkWords = (template: string): string =>
  `offers to open its accounts on ${new URL(template).host}.`;

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
  ...unlessSame(before.linkTemplate ?? null, after.linkTemplate ?? null, (template) =>
    template === null
      ? `“${after.name}” no longer links its accounts to an application of yours.`
      : `“${after.name}” ${linkWords(template)}`,
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

/** The URL with its host in ASCII: letters of another script look alike, their ASCII names do not. */
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

const askedWords = (asked: boolean): string =>
  asked
    ? 'Does not ask whether to start when you log in.'
    : 'Asks once more whether to start when you log in.';

const nameWords = (before: readonly StoredName[], after: readonly StoredName[]): string => {
  const known = new Set(before.map((one) => JSON.stringify(one)));
  const changed = after.filter((one) => !known.has(JSON.stringify(one))).length;
  return changed === 1
    ? 'Gives a name of yours to 1 account or owner.'
    : `Gives names of yours to ${changed} accounts or owners.`;
};

const ruleWords = (rules: readonly Rule[]): string => {
  if (rules.length === 0) return 'No rules for notifications of your own.';
  return `Rules for notifications: ${rules.filter(({ says }) => says === 'mute').length} that mute, ${rules.filter(({ says }) => says === 'announce').length} that announce more.`;
};

const searchWords = (searches: readonly SavedSearch[]): string =>
  searches.length === 0
    ? 'No saved searches.'
    : `Saved searches: ${list(searches.map(({ name }) => `“${cleaned(name)}”`))}.`;

const quietWords = ({ on, spans, admitsGrave }: QuietHours): string => {
  if (!on || spans.length === 0) return 'Quiet hours: off.';
  const times = listed(spans.map(({ from, to }) => `${from} to ${to}`));
  return `Quiet hours: ${times}, ${admitsGrave ? 'but for failures and NFTs' : 'without exception'}.`;
};

const counting = new Intl.NumberFormat('en-GB');
const retentionWords = (before: Retention, { days, entries, bytes }: Retention): string => {
  const kept = `${counting.format(days)} days, ${counting.format(entries)} events and ${counting.format(Math.round(bytes / 1_048_576))} MiB`;
  const less = days < before.days || entries < before.entries || bytes < before.bytes;
  return `Keeps at most ${kept}.${less ? ' What is beyond that is removed at once.' : ''}`;
};
