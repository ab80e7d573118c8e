import { rowKinds } from './kinds.ts';
import { rangesOf } from './seq-ranges.ts';

export const filterKeys = [
  'provider',
  'kind',
  'source',
  'account',
  'is',
  'before',
  'after',
] as const;
export type FilterKey = (typeof filterKeys)[number];

export const states = [
  'failed',
  'unread',
  'pinned',
  'archived',
  'unrecognized',
  'simulated',
] as const;
export type StateWord = (typeof states)[number];

type Span = {
  /** The part's position in the query text; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Begins with `-`: matches are excluded. */
  readonly negated: boolean;
};

export type QueryPart = Span &
  (
    | {
        readonly what: 'text';
        readonly text: string;
        /** Looks like a filter but is none; it is searched as text. */
        readonly unknown: UnknownFilter | null;
      }
    | { readonly what: 'names'; readonly key: NameKey; readonly value: string }
    | { readonly what: 'state'; readonly key: 'is'; readonly value: StateWord }
    | {
        readonly what: 'time';
        readonly key: 'before' | 'after';
        readonly value: string;
        /** Epoch ms. */
        readonly at: number;
      }
    /** The entries of a notification. It is not offered while typing. */
    | ({ readonly what: 'entries'; readonly key: 'entries'; readonly value: string } & SomeEntries)
    /** Still being typed: it filters nothing. */
    | { readonly what: 'unfinished'; readonly key: FilterKey | null; readonly value: string }
  );
/** Entries by sequence number. */
export type SomeEntries = {
  /** First and last of each, ascending. */
  readonly ranges: readonly (readonly [number, number])[];
  /** How many there were, where these are only the newest; else null. */
  readonly of: number | null;
};
/** An unknown filter name as typed, or an unknown value of a known filter. */
export type UnknownFilter =
  | { readonly what: 'filter'; readonly name: string }
  | { readonly what: 'value'; readonly key: FilterKey };
type NameKey = 'provider' | 'kind' | 'source' | 'account';
type Meaning = QueryPart extends infer P ? (P extends Span ? Omit<P, keyof Span> : never) : never;

export type Query = { readonly text: string; readonly parts: readonly QueryPart[] };

export const everything: Query = { text: '', parts: [] };

/** In UTF-16 units. Longer queries are cut. */
export const queryAtMost = 6000;

const partPattern = /(?=\S)(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|(\S*))/giu;

/**
 * Parses words, "quoted phrases", filters such as `kind:sync.failed`, and `-` before an excluded part. Never fails: anything else is text.
 * `after:7d` counts back from `now` (epoch ms); dates are in local time.
 */
export function parseQuery(typed: string, now: number): Query {
  const text = typed.slice(0, queryAtMost);
  const parts = [...text.matchAll(partPattern)].map((match): QueryPart => {
    const [raw, dash = '', key, quoted, closing, plain = ''] = match;
    const to = match.index + raw.length;
    const value = quoted ?? plain;
    // Only the last part may still be unfinished.
    const open = to === text.length && closing !== '"';
    const span = { from: match.index, to, negated: dash !== '' && raw !== '-' };
    if (raw === '-') return { ...span, ...asText(raw) };
    if (key === undefined) return { ...span, ...asText(value) };
    return { ...span, ...filterOf(key, value, open, now) };
  });
  return { text, parts };
}

const asText = (text: string, unknown: UnknownFilter | null = null): Meaning =>
  text.trim() === ''
    ? { what: 'unfinished', key: null, value: text }
    : { what: 'text', text, unknown };

function filterOf(word: string, value: string, open: boolean, now: number): Meaning {
  if (word.toLowerCase() === 'entries') return entriesOf(value);
  const key = filterKeys.find((one) => one === word.toLowerCase());
  const text = `${word}:${value}`;
  // A web address is no unknown filter.
  if (key === undefined)
    return asText(text, value.startsWith('//') ? null : { what: 'filter', name: word });
  if (value.trim() === '') return { what: 'unfinished', key, value };

  switch (key) {
    case 'provider':
    case 'source':
    case 'account':
      return { what: 'names', key, value };
    case 'kind':
      return kindsNamed(value).length > 0
        ? { what: 'names', key, value }
        : asText(text, { what: 'value', key });
    case 'is':
      return stateOf(key, value, open) ?? asText(text, { what: 'value', key });
    case 'before':
    case 'after':
      return timeOf(key, value, open, now) ?? asText(text, { what: 'value', key });
  }
}

/** `12-38,41`, and after that `/60` where these are only the newest of 60. */
const entriesPattern = /^(\d{1,15}(?:-\d{1,15})?(?:,\d{1,15}(?:-\d{1,15})?)*)(?:\/(\d{1,9}))?$/;

function entriesOf(value: string): Meaning {
  const [, list = '', of] = entriesPattern.exec(value) ?? [];
  const ranges = list.split(',').map((range): readonly [number, number] => {
    const [first = '', last = first] = range.split('-');
    return [Number(first), Number(last)];
  });
  if (list === '' || ranges.some(([first, last]) => first > last))
    return asText(`entries:${value}`, { what: 'filter', name: 'entries' });
  return {
    what: 'entries',
    key: 'entries',
    value,
    ranges: ranges.sort(([one], [other]) => one - other),
    of: of === undefined ? null : Number(of),
  };
}

/** The number of entries in ranges. */
export const countIn = ({ ranges }: Pick<SomeEntries, 'ranges'>): number =>
  ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);

/** The filter for exactly these entries. `of`: how many there were, where these are only the newest. */
export function entriesToken(seqs: readonly number[], of?: number): string {
  const list = rangesOf(seqs).map(([first, last]) =>
    first === last ? `${first}` : `${first}-${last}`,
  );
  return `entries:${list.join(',')}${of === undefined ? '' : `/${of}`}`;
}

/** Splits a query's text into its filters for entries, which the window shows as words, and the rest. */
export function withoutEntries({ text, parts }: Query): {
  readonly entries: string;
  readonly rest: string;
} {
  const isEntries = ({ what }: QueryPart) => what === 'entries';
  if (!parts.some(isEntries)) return { entries: '', rest: text };
  const found = parts.filter(isEntries);
  // Text that is being typed keeps its spaces.
  const rest = found.reduceRight(
    (left, { from, to }) => left.slice(0, from) + left.slice(to).replace(/^ /, ''),
    text,
  );
  return { entries: found.map(({ from, to }) => text.slice(from, to)).join(' '), rest };
}

/** The kinds that begin with a value of `kind:`. */
export const kindsNamed = (value: string) => {
  const wanted = value.toLowerCase();
  return rowKinds.filter((kind) => kind.startsWith(wanted));
};

function stateOf(key: 'is', value: string, open: boolean): Meaning | null {
  const wanted = value.toLowerCase();
  const state = states.find((one) => one === wanted);
  if (state) return { what: 'state', key, value: state };
  return open && states.some((one) => one.startsWith(wanted))
    ? { what: 'unfinished', key, value }
    : null;
}

const units = new Map([
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);
const beginsTime = /^(?:\d{1,4}|\d{4}-|\d{4}-\d|\d{4}-\d\d-|\d{4}-\d\d-\d)$/;

function timeOf(
  key: 'before' | 'after',
  value: string,
  open: boolean,
  now: number,
): Meaning | null {
  const wanted = value.toLowerCase();
  const at = instantOf(wanted, now);
  if (at !== null) return { what: 'time', key, value, at };
  const goesOn =
    beginsTime.test(wanted) || ['today', 'yesterday'].some((one) => one.startsWith(wanted));
  return open && goesOn ? { what: 'unfinished', key, value } : null;
}

/** `2026-11-20`, `2026-11` and `2026` are the start of that period; `7d`, `12h` and `2w` count back from now. */
function instantOf(value: string, now: number): number | null {
  const today = new Date(now);
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  if (value === 'today') return new Date(year, month, day).getTime();
  if (value === 'yesterday') return new Date(year, month, day - 1).getTime();

  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/.exec(value) ?? [];
  if (count !== undefined) return now - Number(count) * (units.get(unit) ?? 0);

  const [, y, m = '01', d = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(value) ?? [];
  if (y === undefined) return null;
  const date = new Date(Number(y), Number(m) - 1, Number(d));
  const exists = date.getMonth() === Number(m) - 1 && date.getDate() === Number(d);
  return exists && Number(y) >= 1000 ? date.getTime() : null;
}

/** Whether archived entries are found too: by words, or where it asks for them, for pinned ones or for the entries of a notification. */
export const findsArchived = ({ parts }: Query): boolean =>
  parts.some(
    (part) =>
      !part.negated &&
      (part.what === 'text' ||
        part.what === 'entries' ||
        (part.what === 'state' && (part.value === 'archived' || part.value === 'pinned'))),
  );

export const isFiltering = (query: Query): boolean => effectiveText(query) !== '';

/** The query without unfinished parts. Queries with equal effective texts have equal results. */
export const effectiveText = ({ text, parts }: Query): string =>
  parts
    .filter(({ what }) => what !== 'unfinished')
    .map(({ from, to }) => text.slice(from, to))
    .join(' ');

export const tokenOf = (key: FilterKey, value: string): string =>
  `${key}:${/[\s"]|^$/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;

const samePart = (key: FilterKey, value: string) => (part: QueryPart) =>
  'key' in part &&
  part.key === key &&
  !part.negated &&
  part.value.toLowerCase() === value.replaceAll('"', '').toLowerCase();

export const hasFilter = ({ parts }: Query, key: FilterKey, value: string): boolean =>
  parts.some(samePart(key, value));

export const withoutPart = (text: string, { from, to }: Pick<Span, 'from' | 'to'>): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();

/** Adds a filter to the query's text, or removes it when present. */
export function toggled({ text, parts }: Query, key: FilterKey, value: string): string {
  const there = parts.find(samePart(key, value));
  if (there) return withoutPart(text, there);
  const last = text.slice(parts.at(-1)?.from).trimEnd();
  const closing = openQuote.test(last) ? '"' : '';
  return `${text.trimEnd()}${closing} ${tokenOf(key, value)}`.trim();
}

const openQuote = /^-?(?:[a-z]+:)?"[^"]*$/iu;
