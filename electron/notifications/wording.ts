import type { Opening } from '../../shared/ipc.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { cutTo, isolated } from '../text.ts';
import { type Announcement, byKind, countOf, isGrave, kindWords } from './announcement.ts';
import type { LabelledButton } from './button.ts';
import type { NativeNotification } from './notifier.ts';

/** In graphemes (N5). */
const mostOfTitle = 80;
const mostOfBody = 240;
const mostOfName = 40;
const mostOfOrigin = 62;

const word = /[^\s<>()[\]"'`,;:\u2068\u2069]+/gu;
/** Matches the start of an address that was cut, too. */
const eMail = /.(?:[@＠﹫]|%40)/iu;
const longToken = /[a-z0-9_]{16,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/giu;
const hexadecimal = /^(?:0x)?[0-9a-f]+$/i;
const controls = /[\s\p{Cc}]+/gu;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/gu;
/** A name in Hookbell's own isolates; or a single isolate, as a cut leaves it. */
const isolates = /\u2068([^\u2068\u2069]*)\u2069|[\u2068\u2069]/gu;

/** A text that everybody near the screen may see: one line without control or bidi characters, e-mail addresses or raw ids. */
const plain = (text: string): string =>
  withPairs(text.replace(controls, ' ').replace(bidiControls, ''))
    .replace(word, (text) => (eMail.test(text) ? '(e-mail hidden)' : text))
    .replace(longToken, (token) => (isId(token) ? shortened(token) : token))
    .trim();

const withPairs = (text: string): string =>
  text.replace(isolates, (_, inner: string | undefined) =>
    inner === undefined ? '' : `\u2068${inner}\u2069`,
  );

/** A long word of letters is no id; a long mix of letters and digits is. */
const isId = (token: string): boolean =>
  /\d/.test(token) && (hexadecimal.test(token) || token.includes('-') || token.length >= 20);

const shortened = (id: string): string => `${id.slice(0, 4)}...${id.slice(-4)}`;

const fitted = (text: string, most: number): string => withPairs(cutTo(text, most));

const shownName = (name: string): string =>
  isolated(cutTo(plain(name).replace(isolates, '$1'), mostOfName));

/** The title, in which names are cut before the sentence around them. */
const titleOf = ({ title, accountName, sourceName }: Announcement): string => {
  const names = [accountName, sourceName].filter((name) => name !== undefined && name !== '');
  const [name] = names.filter((one) => one !== undefined && title.includes(one));
  if (name === undefined) return fitted(plain(title), mostOfTitle);
  const [before = '', ...after] = title.split(name);
  return fitted(plain(before + shownName(name) + after.join(name)), mostOfTitle);
};

/** The text, cut so that the origin under it stays whole. */
const bodyOf = (text: string, origin: string): string => {
  const line = fitted(text, mostOfBody - Math.min(origin.length, mostOfOrigin) - 1);
  return line === '' ? origin : `${line}\n${origin}`;
};

const originOf = (announcements: readonly Announcement[]): string => {
  const names = [...new Set(announcements.map(({ sourceName }) => shownName(sourceName)))];
  const simulated = announcements.filter((one) => one.simulated);
  if (simulated.length === 0) return listed(names, mostOfOrigin);
  const mark = simulated.length === announcements.length ? '' : `${countOf(simulated)} `;
  return `${listed(names, mostOfOrigin - 20)} · ${mark}simulated`;
};

/** As many texts as fit, and the number of the others. `most` is in UTF-16 units. */
const listed = (texts: readonly string[], most: number, separator = ', '): string => {
  const more = (left: number) => (left === 0 ? '' : ` and ${left} more`);
  let count = texts.length;
  const list = () => texts.slice(0, count).join(separator) + more(texts.length - count);
  while (count > 1 && list().length > most) count -= 1;
  return count === 1 && list().length > most
    ? fitted(texts[0] ?? '', most - more(texts.length - 1).length) + more(texts.length - 1)
    : list();
};

const mostOpened = 500;

const seqsOf = (announcements: readonly Announcement[]): readonly number[] =>
  announcements.flatMap(({ entry }) => (entry ? [entry.seq] : [])).sort((a, b) => a - b);

/** Exactly what is counted; the newest 500 of more. Without entries, what the gravest leads to. */
const openingOf = (announcements: readonly Announcement[]): Opening => {
  const all = seqsOf(announcements);
  const [only] = all;
  if (only !== undefined && all.length === 1) return { what: 'entry', seq: only };
  const seqs = all.slice(-mostOpened);
  if (all.length > mostOpened) return { what: 'entries', seqs, of: all.length };
  if (all.length > 0) return { what: 'entries', seqs };
  return announcements.find(isGrave)?.opening ?? announcements[0]?.opening ?? timeline;
};

const timeline: Opening = { what: 'page', page: 'timeline' };

const markRead = (announcements: readonly Announcement[]): readonly LabelledButton[] => {
  const seqs = [...seqsOf(announcements)];
  return seqs.length === 0 ? [] : [{ label: 'Mark read', press: { does: 'mark-read', seqs } }];
};

const hourMs = 60 * 60 * 1000;

const buttonsOf = (announcement: Announcement): readonly LabelledButton[] => {
  const { condition, entry, place } = announcement;
  if (condition?.does !== 'opens' || !entry) return markRead([announcement]);
  const conditionId = condition.id;
  return [
    ...(place
      ? [
          {
            label: `Open ${place.host}`,
            press: { does: 'open-place' as const, place: place.place },
          },
        ]
      : []),
    { label: 'Snooze 1 h', press: { does: 'snooze', conditionId, ms: hourMs } },
    { label: 'Until it works again', press: { does: 'acknowledge', conditionId } },
    ...markRead([announcement]),
  ];
};

/** One announcement by itself, in as much detail as the person allows. */
export const singleNotification = (
  id: string,
  announcement: Announcement,
  detail: DetailLevel,
): NativeNotification => {
  const { kind, body, quiet, opening, condition } = announcement;
  const origin = originOf([announcement]);
  const texts = {
    full: { title: titleOf(announcement), body: bodyOf(plain(body), origin) },
    'type-only': { title: kindWords[kind].label, body: origin },
    'new-event': { title: 'New event', body: '' },
  }[detail];
  return {
    id,
    ...texts,
    ...(quiet ? silently : aloud),
    opening,
    buttons: buttonsOf(announcement),
    ...(condition?.does === 'ends' ? { replaces: condition.id } : {}),
  };
};

const phraseOf = (group: readonly Announcement[], detail: DetailLevel): string => {
  const newest = group.at(-1);
  if (!newest) return '';
  const count = countOf(group);
  if (count > 1) return `${count} ${kindWords[newest.kind].many}`;
  return detail === 'full' ? titleOf(newest) : kindWords[newest.kind].label;
};

/** As `listed`; where all of them end with the same chain, that is said once. */
const listedNames = (names: readonly string[], most: number): string => {
  const [ending = ''] = / - [^-]+$/u.exec(names[0] ?? '') ?? [];
  if (names.length < 2 || ending === '' || !names.every((name) => name.endsWith(ending)))
    return listed(names, most);
  const short = names.map((name) => name.slice(0, -ending.length));
  return listed(short, most - ending.length) + ending;
};

/** The accounts and NFTs by name. */
const namesOf = (group: readonly Announcement[]): readonly string[] => [
  ...new Set(
    group.flatMap(({ accountName, nft }) => {
      const name = accountName || nft;
      return name ? [shownName(name)] : [];
    }),
  ),
];

const whichOf = (group: readonly Announcement[], most: number): string => {
  const names = namesOf(group);
  if (names.length > 0) return listedNames(names, most);
  const newest = group.at(-1);
  if (!newest) return '';
  return `Newest: ${[titleOf(newest), plain(newest.body)].filter((text) => text !== '').join(' - ')}`;
};

/** Several of one kind and source. Only a failure and a sent NFT sound again. */
export const countNotification = (
  id: string,
  announcements: readonly Announcement[],
  detail: DetailLevel,
): NativeNotification => {
  const origin = originOf(announcements);
  const texts = {
    full: {
      title: phraseOf(announcements, detail),
      body: bodyOf(whichOf(announcements, mostOfBody - origin.length - 1), origin),
    },
    'type-only': { title: phraseOf(announcements, detail), body: origin },
    'new-event': { title: `${countOf(announcements)} new events`, body: '' },
  }[detail];
  return {
    id,
    ...texts,
    ...(isCountLoud(announcements) ? aloud : silently),
    opening: openingOf(announcements),
    buttons: markRead(announcements),
  };
};

export const isCountLoud = (announcements: readonly Announcement[]): boolean =>
  announcements.some((one) => isGrave(one) && one.kind !== 'nft.received' && !one.quiet);

/**
 * Several of any kind (N6). Names the gravest first and every grave kind. `headline` makes the title from the count; without it, the
 * gravest is the title.
 */
export const digestNotification = (
  id: string,
  announcements: readonly Announcement[],
  detail: DetailLevel,
  headline?: (count: number) => string,
): NativeNotification => {
  const count = countOf(announcements);
  const [gravest = [], ...others] = byKind(announcements);
  const rest = {
    ...(announcements.every(({ quiet }) => quiet) ? silently : aloud),
    opening: openingOf(announcements),
    buttons: markRead(announcements),
  };
  if (detail === 'new-event') {
    const title = headline?.(count) ?? `${count} new events`;
    return { id, title, body: '', ...rest };
  }
  const origin = originOf(announcements);
  const lead = phraseOf(gravest, detail);
  const space = mostOfBody - origin.length - 1;
  const named = headline || detail !== 'full' ? null : { phrase: lead, group: gravest };
  const texts = fittedTexts(named, headline ? [gravest, ...others] : others, detail, space);
  const body = listed(texts, space, '; ');
  return {
    id,
    title: headline ? headline(count) : leadTitle(lead, count, gravest),
    body: bodyOf(body, origin),
    ...rest,
  };
};

/** What the groups say together, with as long names as there is space for. `named`: the group that the title has, whose names alone follow. */
const fittedTexts = (
  named: { readonly phrase: string; readonly group: readonly Announcement[] } | null,
  groups: readonly Announcement[][],
  detail: DetailLevel,
  space: number,
): readonly string[] => {
  const which = (most: number) => (named ? namesNotIn(named.phrase, named.group, most) : '');
  for (const most of [100, 60, 40, 24]) {
    const texts = [which(most), ...groups.map((group) => groupText(group, detail, most))];
    const said = texts.filter((text) => text !== '');
    if (said.join('; ').length <= space) return said;
  }
  const brief = groups.map((group) => {
    const names = detail === 'full' && group.some(isGrave) ? namesOf(group) : [];
    const label = phraseOf(group, 'type-only');
    return names.length === 0 ? label : `${label}: ${listedNames(names, 20)}`;
  });
  return [which(20), ...brief].filter((text) => text !== '');
};

const groupText = (group: readonly Announcement[], detail: DetailLevel, most: number): string => {
  const phrase = phraseOf(group, detail);
  const names = detail === 'full' && group.some(isGrave) ? namesNotIn(phrase, group, most) : '';
  return names === '' ? phrase : `${phrase}: ${names}`;
};

/** The names of a group, unless its phrase has the only one. */
const namesNotIn = (phrase: string, group: readonly Announcement[], most: number): string => {
  const names = namesOf(group);
  return names.length === 0 || (names.length === 1 && phrase.includes(names[0] ?? ''))
    ? ''
    : listedNames(names, most);
};

const leadTitle = (phrase: string, count: number, lead: readonly Announcement[]): string => {
  const rest = count - countOf(lead);
  const more = rest === 0 ? '' : `, and ${rest} more`;
  return fitted(phrase, mostOfTitle - more.length) + more;
};

const silently = { silent: true, urgency: 'low' } as const;
const aloud = { silent: false, urgency: 'normal' } as const;
