import type { Opening } from '../../shared/ipc.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { cutTo, isolated } from '../text.ts';
import { type Announcement, byKind, countOf, isGrave, kindWords } from './announcement.ts';
import type { NativeNotification } from './notifier.ts';

/** In graphemes (N5). */
const mostOfTitle = 80;
const mostOfBody = 240;
const mostOfName = 40;
const mostOfOrigin = 62;

const word = /[^\s<>()[\]"'`,;:\u2068\u2069]+/gu;
/** Also where a cut has left only its beginning. */
const eMail = /.(?:[@＠﹫]|%40)/iu;
const longToken = /[a-z0-9_]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/giu;
const hexadecimal = /^(?:0x)?[0-9a-f]+$/i;
const controls = /[\s\p{Cc}]+/gu;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/gu;
/** A name in isolates, which are Hookbell's own; or one of them alone, as a cut leaves it. */
const isolates = /\u2068([^\u2068\u2069]*)\u2069|[\u2068\u2069]/gu;

/**
 * A text as a notification may show it to everybody near the screen: one line without control or bidi characters, e-mail addresses
 * or raw ids.
 */
const plain = (text: string): string =>
  withPairs(text.replace(controls, ' ').replace(bidiControls, ''))
    .replace(word, (text) => (eMail.test(text) ? '(e-mail hidden)' : text))
    .replace(longToken, (token) => (isId(token) ? shortened(token) : token))
    .trim();

const withPairs = (text: string): string =>
  text.replace(isolates, (_, inner: string | undefined) =>
    inner === undefined ? '' : `\u2068${inner}\u2069`,
  );

/** A word of 16 letters is none; what mixes letters and digits for that long is. */
const isId = (token: string): boolean =>
  /\d/.test(token) && (hexadecimal.test(token) || token.includes('-') || token.length >= 20);

const shortened = (id: string): string => `${id.slice(0, 4)}...${id.slice(-4)}`;

const fitted = (text: string, most: number): string => withPairs(cutTo(text, most));

/** A name as it stands in every notification about its bearer: at most 40 characters. */
const shownName = (name: string): string =>
  isolated(cutTo(plain(name).replace(isolates, '$1'), mostOfName));

/** The title with the names in it cut, so that the sentence around them stays whole. */
const titleOf = ({ title, accountName, sourceName }: Announcement): string => {
  const names = [accountName, sourceName].filter((name) => name !== undefined && name !== '');
  const [name] = names.filter((one) => one !== undefined && title.includes(one));
  if (name === undefined) return fitted(plain(title), mostOfTitle);
  const [before = '', ...after] = title.split(name);
  return fitted(plain(before + shownName(name) + after.join(name)), mostOfTitle);
};

/** What happened and why, and under it where it comes from, which is never pushed out. */
const bodyOf = (text: string, origin: string): string => {
  const line = fitted(text, mostOfBody - Math.min(origin.length, mostOfOrigin) - 1);
  return line === '' ? origin : `${line}\n${origin}`;
};

const originOf = (told: readonly Announcement[]): string => {
  const names = [...new Set(told.map(({ sourceName }) => shownName(sourceName)))];
  const simulated = told.filter((one) => one.simulated);
  if (simulated.length === 0) return listed(names, mostOfOrigin);
  const mark = simulated.length === told.length ? '' : `${countOf(simulated)} `;
  return `${listed(names, mostOfOrigin - 20)} · ${mark}simulated`;
};

/** As many of the texts as fit, and how many more there are. In UTF-16 units, which are never fewer than graphemes. */
const listed = (texts: readonly string[], most: number, separator = ', '): string => {
  const more = (left: number) => (left === 0 ? '' : ` and ${left} more`);
  let count = texts.length;
  const list = () => texts.slice(0, count).join(separator) + more(texts.length - count);
  while (count > 1 && list().length > most) count -= 1;
  return count === 1 && list().length > most
    ? fitted(texts[0] ?? '', most - more(texts.length - 1).length) + more(texts.length - 1)
    : list();
};

const timeline: Opening = { what: 'page', page: 'timeline' };

/** One thing in its own words, as far as the person allows. */
export const alone = (
  id: string,
  announcement: Announcement,
  detail: DetailLevel,
): NativeNotification => {
  const { kind, body, quiet, opening } = announcement;
  const origin = originOf([announcement]);
  const said = {
    full: { title: titleOf(announcement), body: bodyOf(plain(body), origin) },
    'type-only': { title: kindWords[kind].label, body: origin },
    'new-event': { title: 'New event', body: '' },
  }[detail];
  return { id, ...said, silent: quiet, urgency: quiet ? 'low' : 'normal', opening };
};

/** What is said of those of one kind: one by its own words, more by a number. */
const phraseOf = (group: readonly Announcement[], detail: DetailLevel): string => {
  const newest = group.at(-1);
  if (!newest) return '';
  const count = countOf(group);
  if (count > 1) return `${count} ${kindWords[newest.kind].many}`;
  return detail === 'full' ? titleOf(newest) : kindWords[newest.kind].label;
};

/** Which ones they are: the accounts by name, of everything else the newest. */
const whichOf = (group: readonly Announcement[], most: number): string => {
  const names = new Set(
    group.flatMap(({ accountName }) => (accountName ? [shownName(accountName)] : [])),
  );
  if (names.size > 0) return listed([...names], most);
  const newest = group.at(-1);
  if (!newest) return '';
  return `Newest: ${[titleOf(newest), plain(newest.body)].filter((text) => text !== '').join(' - ')}`;
};

/**
 * Several of one kind and source, by a number and what they are. It takes the place of one that has been heard: only a failure, and an
 * NFT that left, is heard again.
 */
export const counting = (
  id: string,
  told: readonly Announcement[],
  detail: DetailLevel,
): NativeNotification => {
  const origin = originOf(told);
  const said = {
    full: { title: phraseOf(told, detail), body: bodyOf(whichOf(told, 150), origin) },
    'type-only': { title: phraseOf(told, detail), body: origin },
    'new-event': { title: `${countOf(told)} new events`, body: '' },
  }[detail];
  const isHeard = told.some((one) => isGrave(one) && one.kind !== 'nft.received' && !one.quiet);
  return { id, ...said, ...(isHeard ? aloud : silently), opening: timeline };
};

/**
 * Several of any kind: the gravest is named first, every grave kind is named, and it is as loud as the gravest (N6). `headline` makes
 * the title from how many things there are; without one the gravest is the title.
 */
export const digest = (
  id: string,
  told: readonly Announcement[],
  detail: DetailLevel,
  headline?: (count: number) => string,
): NativeNotification => {
  const count = countOf(told);
  const [gravest = [], ...others] = byKind(told);
  const manner = { ...(told.every(({ quiet }) => quiet) ? silently : aloud), opening: timeline };
  if (detail === 'new-event') {
    const title = headline?.(count) ?? `${count} new events`;
    return { id, title, body: '', ...manner };
  }
  const origin = originOf(told);
  const lead = phraseOf(gravest, detail);
  const which = detail === 'full' && countOf(gravest) > 1 ? whichOf(gravest, 100) : '';
  const rest = others.map((group) => phraseOf(group, detail));
  const named = headline ? [lead, which].filter((text) => text !== '').join(': ') : which;
  const texts = [named, ...rest].filter((text) => text !== '');
  const room = mostOfBody - origin.length - 1;
  const inBrief = () => (headline ? [gravest, ...others] : others).map(briefly);
  return {
    id,
    title: headline ? headline(count) : leadTitle(lead, count, gravest),
    body: bodyOf(listed(texts.join('; ').length > room ? inBrief() : texts, room, '; '), origin),
    ...manner,
  };
};

/** Short enough that all grave kinds there are fit into one body. */
const briefly = (group: readonly Announcement[]): string => phraseOf(group, 'type-only');

const leadTitle = (phrase: string, count: number, lead: readonly Announcement[]): string => {
  const rest = count - countOf(lead);
  const more = rest === 0 ? '' : `, and ${rest} more`;
  return fitted(phrase, mostOfTitle - more.length) + more;
};

const silently = { silent: true, urgency: 'low' } as const;
const aloud = { silent: false, urgency: 'normal' } as const;
