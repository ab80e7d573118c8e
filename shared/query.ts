import { rowKinds } from './kinds.ts';

/** The words before a colon that ask for something beside text. */
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

/** What can follow `is:`. */
export const states = ['failed', 'unread', 'unrecognized', 'simulated'] as const;
export type StateWord = (typeof states)[number];

type Span = {
  /** Where it stands in the text of the query: its first character, and the one after its last. */
  readonly from: number;
  readonly to: number;
  /** It began with `-`: what fits it is left out. */
  readonly negated: boolean;
};

export type QueryPart = Span &
  (
    | {
        readonly what: 'text';
        readonly text: string;
        /** It looks like a filter and is none: no such filter, or no such value of it. It is searched as it stands. */
        readonly unknown: 'filter' | 'value' | null;
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
    /** Not typed to its end yet: asks for nothing. */
    | { readonly what: 'unfinished'; readonly key: FilterKey | null; readonly value: string }
  );
type NameKey = 'provider' | 'kind' | 'source' | 'account';
type Meaning = QueryPart extends infer P ? (P extends Span ? Omit<P, keyof Span> : never) : never;

export type Query = { readonly text: string; readonly parts: readonly QueryPart[] };

export const everything: Query = { text: '', parts: [] };

/** Longer ones are cut: nobody types them, and nothing may keep the app busy. */
export const queryAtMost = 1000;

const partPattern = /(?=\S)(-?)(?:([a-z]+):)?(?:"([^"]*)("?)|(\S*))/giu;

/**
 * Reads what a person typed: words, "quoted phrases", filters such as `kind:sync.failed`, and `-` before what is to be left
 * out. Total: what is no filter is text. `now` (epoch ms) is what `after:7d` counts from; dates are in local time.
 */
export function parseQuery(typed: string, now: number): Query {
  const text = typed.slice(0, queryAtMost);
  const parts = [...text.matchAll(partPattern)].map((match): QueryPart => {
    const [raw, dash = '', key, quoted, closing, plain = ''] = match;
    const to = match.index + raw.length;
    const value = quoted ?? plain;
    // Only what the cursor may still stand behind can go on.
    const open = to === text.length && closing !== '"';
    const span = { from: match.index, to, negated: dash !== '' && raw !== '-' };
    if (raw === '-') return { ...span, ...asText(raw) };
    if (key === undefined) return { ...span, ...asText(value) };
    return { ...span, ...filterOf(key, value, open, now) };
  });
  return { text, parts };
}

const asText = (text: string, unknown: 'filter' | 'value' | null = null): Meaning =>
  text.trim() === ''
    ? { what: 'unfinished', key: null, value: text }
    : { what: 'text', text, unknown };

function filterOf(word: string, value: string, open: boolean, now: number): Meaning {
  const key = filterKeys.find((one) => one === word.toLowerCase());
  const text = `${word}:${value}`;
  // An address of the web is no filter, and nobody means it to be one.
  if (key === undefined) return asText(text, value.startsWith('//') ? null : 'filter');
  if (value.trim() === '') return { what: 'unfinished', key, value };

  switch (key) {
    case 'provider':
    case 'source':
    case 'account':
      return { what: 'names', key, value };
    case 'kind':
      return kindsNamed(value).length > 0 ? { what: 'names', key, value } : asText(text, 'value');
    case 'is':
      return stateOf(key, value, open) ?? asText(text, 'value');
    case 'before':
    case 'after':
      return timeOf(key, value, open, now) ?? asText(text, 'value');
  }
}

/** The kinds that a value of `kind:` stands for: the one, or all that begin with it. */
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

/** `2026-11-20`, `2026-11` and `2026` begin where they begin; `7d`, `12h` and `2w` count back from now. */
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

/** Whether it asks for less than everything. */
export const isAsking = (query: Query): boolean => askedIn(query) !== '';

/** What of a query asks for something: two that agree in it have the same answer. */
export const askedIn = ({ text, parts }: Query): string =>
  parts
    .filter(({ what }) => what !== 'unfinished')
    .map(({ from, to }) => text.slice(from, to))
    .join(' ');

/** The filter as it is typed; a value with spaces is quoted. */
export const tokenOf = (key: FilterKey, value: string): string =>
  `${key}:${/[\s"]|^$/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`;

const samePart = (key: FilterKey, value: string) => (part: QueryPart) =>
  'key' in part &&
  part.key === key &&
  !part.negated &&
  part.value.toLowerCase() === value.replaceAll('"', '').toLowerCase();

export const asksFor = ({ parts }: Query, key: FilterKey, value: string): boolean =>
  parts.some(samePart(key, value));

/** The query's text without a part of it. */
export const without = (text: string, { from, to }: Pick<Span, 'from' | 'to'>): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();

/** The query's text with a filter put in, or taken out where it is there already. */
export function toggled({ text, parts }: Query, key: FilterKey, value: string): string {
  const there = parts.find(samePart(key, value));
  if (there) return without(text, there);
  const last = text.slice(parts.at(-1)?.from).trimEnd();
  const closing = openQuote.test(last) ? '"' : '';
  return `${text.trimEnd()}${closing} ${tokenOf(key, value)}`.trim();
}

const openQuote = /^-?(?:[a-z]+:)?"[^"]*$/iu;
