import type { Mask } from '../masking.ts';
import type { Identity } from './facts.ts';

/** Replaces in a text what is secret or says who the person is. */
export type Scrub = (text: string) => string;

export type ScrubOptions = {
  /** Hides our own secrets and tokens. */
  readonly mask: Mask;
  readonly identity: Identity;
  /** Hosts, with or without a port, under which this computer is known. */
  readonly hosts: readonly string[];
  /** The person's own words, and what replaces each. */
  readonly words: ReadonlyMap<string, string>;
};

/** In UTF-16 units. Ordinary text could contain a shorter word by chance. */
const shortestWord = 3;
/** In UTF-16 units. Bounds the time that a text can cost. */
const readAtMost = 2000;

/**
 * Makes a `Scrub`. Paths, names and hosts that are known are found wherever they stand as a whole. Addresses of the network and of people,
 * hosts in URLs and long values are found by their form. Reads the first 2,000 UTF-16 units.
 */
export const createScrub = ({ mask, identity, hosts, words }: ScrubOptions): Scrub => {
  const { userName, computerName, folders } = identity;
  const own = [...folders]
    .sort((a, b) => b.path.length - a.path.length)
    .flatMap(folderReplacements);
  const known = [
    ...hosts.flatMap((host) => replacements(host, publicHost, 'giu')),
    ...[...words]
      .sort(([a], [b]) => b.length - a.length)
      .flatMap(([word, as]) => replacements(word, as, 'giu')),
    ...replacements(userName, '<user>', 'giu'),
    ...replacements(computerName, '<computer>', 'giu'),
  ];
  return (text) => {
    let scrubbed = cut(mask(text)).replace(url, inUrl).replace(eMail, '<e-mail>');
    for (const [pattern, as] of own) scrubbed = scrubbed.replace(pattern, () => as);
    scrubbed = scrubbed.replace(homeOfOthers, '$1<user>');
    for (const [pattern, as] of known) scrubbed = scrubbed.replace(pattern, () => as);
    for (const replace of byForm) scrubbed = replace(scrubbed);
    return scrubbed;
  };
};

/** Half a name would not be found. */
const cut = (text: string): string =>
  text.length <= readAtMost ? text : `${text.slice(0, readAtMost).replace(/\S*$/, '')}…`;

type Replacement = readonly [pattern: RegExp, as: string];

const publicHost = '<public host>';

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** As it is, in JSON, and in a URL. */
const spellings = (text: string): string[] => [
  ...new Set([text, JSON.stringify(text).slice(1, -1), encodeURI(text), encodeURIComponent(text)]),
];

const replacements = (text: string, as: string, flags: string): Replacement[] =>
  text.length < shortestWord
    ? []
    : spellings(text.replace(/\p{Surrogate}/gu, '\ufffd')).map((spelling) => [
        new RegExp(`(?<![\\p{L}\\p{N}])${literal(spelling)}(?![\\p{L}\\p{N}])`, flags),
        as,
      ]);

/** `/` alone is everybody's. */
const folderReplacements = ({ path, as }: Identity['folders'][number]): Replacement[] =>
  replacements(path.replace(/[\\/]+$/, ''), as, 'giu');

// Those that begin with a repetition look behind it: otherwise each place within one long word begins another search.
const eMail = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu;

/** A name of several words ends at the next slash. */
const homeOfOthers =
  /([\\/](?:home|Users|media|Volumes)[\\/]+)(?![<~])[^\\/\s"':]+(?:(?: [^\\/\s"':]+){1,4}(?=[\\/]))?/gi;

/** These say nothing about the person. */
const harmlessHost =
  /^(?:localhost|127(?:\.\d+){3}|\[::1\]|[\w.-]+\.ngrok-agent\.com|[\w.-]*\bngrok\.com)(?::\d+)?$/i;

const slash = String.raw`(?:\\?/|%2f)`;
const url = new RegExp(
  String.raw`(?<![a-z\d])(?!file|app:)([a-z][a-z\d+.-]{1,30})(?::|%3a)${slash}{2}((?:(?!${slash})[^\s"'<>\\)])+)(?:\\/|[^\s"'<>\\)])*`,
  'gi',
);

/** A URL of another host goes whole, with the names and passwords before the host: its path may say as much as its host. */
const inUrl = (found: string, scheme: string, host: string): string =>
  harmlessHost.test(host) ? found : `${scheme}://<host>`;

const byForm: readonly ((text: string) => string)[] = [
  // A field of a problem in the log that holds a name.
  (text) => text.replace(/"(account|domain|host|name|title|url)":"(?:[^"\\]|\\.)*"/g, '"$1":"…"'),
  (text) =>
    text.replace(
      /(?<![\w-]|[\w-]\.)[\w-]+(?:\.[\w-]+)*\.ngrok(?:-free)?\.(?:app|dev|io|pizza|pro)\b/gi,
      publicHost,
    ),
  (text) =>
    text.replace(
      /\b(ENOTFOUND|EAI_AGAIN|getaddrinfo)(\s+)([\w-]+(?:\.[\w-]+)+)/g,
      (found, error: string, space: string, host: string) =>
        harmlessHost.test(host) ? found : `${error}${space}<host>`,
    ),
  // Eight groups, or fewer around `::`. A time of day has neither.
  (text) => text.replace(/(?<![\w:.])[\da-f:]*:[\da-f:]*(?:\.\d+)*/gi, ipv6),
  // Kernels of Windows' Linux have versions of four numbers.
  (text) => text.replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![.\d]*\d|-microsoft-)/g, ipv4),
  (text) =>
    text.replace(/[\w-]{32,}|[a-z\d]{24,}/gi, (value) =>
      /\d/.test(value) ? '<long value>' : value,
    ),
];

const ipv4 = (found: string): string => {
  const bytes = found.split('.').map(Number);
  const isAddress = bytes.every((byte) => byte <= 255);
  return !isAddress || bytes[0] === 127 || found === '0.0.0.0' ? found : '<address>';
};

const ipv6 = (found: string): string => {
  const isAddress = found.includes('::') || found.split(':').length >= 6;
  return !isAddress || /^::1?(?::\d+)?$/.test(found) ? found : '<address>';
};
