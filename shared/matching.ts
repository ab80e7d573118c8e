import type { Fact } from './event.ts';
import { kinds, type RowKind } from './kinds.ts';
import { findsArchived, kindsNamed, type Query, type QueryPart } from './query.ts';
import type { TimelineEntry } from './timeline.ts';
import { trialSource } from './trial.ts';

type Named = { readonly id: string; readonly name: string };

export type Names = {
  readonly sources: readonly Named[];
  readonly providers: readonly Named[];
  /** The person's own name for an account; null without one. */
  readonly ownNameOf?: (sourceId: string, accountId: string) => string | null;
};

/** Computes the details of an entry, which costs more than the rest of a match. */
export type FactsOf = () => readonly Fact[];

export type Matcher = (entry: TimelineEntry, facts: FactsOf) => boolean;

const plain = /^[\n -~]*$/;
const ignored = /[\p{M}\p{Cf}]/gu;

/** Folds text for comparison: case, diacritics, invisible characters and compatibility forms. */
export const folded = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(ignored, '').toLowerCase().replaceAll('ς', 'σ');

export const needleOf = (text: string): string => folded(text).trim().replace(/\s+/g, ' ');

export const kindOf = (entry: TimelineEntry): RowKind =>
  entry.status === 'event' ? entry.event.kind : 'unrecognized';

export const isFailure = (kind: RowKind): boolean => kind !== 'unrecognized' && kinds[kind].fails;

export const titleOf = (entry: TimelineEntry, provider: string): string =>
  entry.status === 'event' ? entry.event.title : `${provider} sent ${unknownWords(entry)}`;

export function summaryOf(entry: TimelineEntry): string {
  if (entry.status === 'event') return entry.event.summary;
  return entry.unreadable ? bodyWords[entry.unreadable] : (entry.type ?? 'No type was given');
}

type Unrecognized = Extract<TimelineEntry, { status: 'unrecognized' }>;

function unknownWords({ type, unreadable }: Unrecognized): string {
  if (unreadable) return 'something that cannot be read';
  return type === null ? 'something without a type' : 'something this app does not know';
}

const bodyWords = {
  empty: 'The body is empty',
  'not-json': 'The body is not JSON',
  'not-an-object': 'The body is JSON, but not an object',
  'too-deep': 'The body is nested deeper than 64 levels',
  'too-many-values': 'The body has more than 100,000 values',
} as const satisfies Record<NonNullable<Unrecognized['unreadable']>, string>;

/** The names of an entry's source and provider; a removed source has its provider's name. */
export function namesOf(
  { sourceId, provider }: Pick<TimelineEntry, 'sourceId' | 'provider'>,
  names: Names,
): { readonly source: string; readonly provider: string } {
  const providerName = names.providers.find(({ id }) => id === provider)?.name ?? provider;
  return {
    source:
      names.sources.find(({ id }) => id === sourceId)?.name ??
      (sourceId === trialSource.id ? trialSource.name : providerName),
    provider: providerName,
  };
}

/** The folded search terms of a query, or with `negated` its excluded terms. */
export const needlesIn = ({ parts }: Query, negated = false): string[] =>
  parts.flatMap((part) => {
    const needle = part.what === 'text' && part.negated === negated ? needleOf(part.text) : '';
    return needle === '' ? [] : [needle];
  });

/** An entry matches when it contains every term, passes every filter and matches no part negated by `-`. See `findsArchived`. Values of one filter (`kind:a kind:b`) are alternatives. */
export function matcherOf(query: Query, names: Names): Matcher {
  const wanted: Matcher[] = findsArchived(query) ? [] : [({ archived }) => archived !== true];
  const anyOf = new Map<string, Matcher[]>();
  for (const part of query.parts) {
    const matches = matcherOfFilter(part, names);
    if (matches === null) continue;
    if (part.negated) wanted.push((entry, facts) => !matches(entry, facts));
    else if (part.what === 'names') anyOf.set(part.key, [...(anyOf.get(part.key) ?? []), matches]);
    else wanted.push(matches);
  }
  for (const matching of anyOf.values())
    wanted.push((entry, facts) => matching.some((matches) => matches(entry, facts)));
  wanted.push(...textMatchers(needlesIn(query), needlesIn(query, true), names));
  return (entry, facts) => wanted.every((matches) => matches(entry, facts));
}

function matcherOfFilter(part: QueryPart, names: Names): Matcher | null {
  switch (part.what) {
    case 'unfinished':
    case 'text':
      return null;
    case 'time': {
      const { key, at } = part;
      return ({ receivedAt }) => (key === 'before' ? receivedAt < at : receivedAt >= at);
    }
    case 'state':
      return stateMatchers[part.value];
    case 'entries': {
      const { ranges } = part;
      return ({ seq }) => ranges.some(([first, last]) => seq >= first && seq <= last);
    }
    case 'names':
      return nameMatcher(part.key, part.value, names);
  }
}

const stateMatchers = {
  failed: (entry) => isFailure(kindOf(entry)),
  unread: ({ seen }) => !seen,
  archived: ({ archived }) => archived === true,
  pinned: ({ pinned }) => pinned === true,
  unrecognized: ({ status }) => status === 'unrecognized',
  simulated: ({ simulated }) => simulated,
} satisfies Record<string, Matcher>;

function nameMatcher(key: string, value: string, names: Names): Matcher {
  const needle = needleOf(value);
  switch (key) {
    case 'kind': {
      const matching = new Set<RowKind>(kindsNamed(value));
      return (entry) => matching.has(kindOf(entry));
    }
    case 'provider': {
      const matching = idsNamed(needle, names.providers);
      return ({ provider }) => matching.has(provider);
    }
    case 'source': {
      const matching = idsNamed(needle, names.sources);
      return ({ sourceId }) => matching.has(sourceId);
    }
    default:
      return (entry) => {
        const account = entry.status === 'event' ? entry.event.account : null;
        if (account === null) return false;
        const ownName = names.ownNameOf?.(entry.sourceId, account.id) ?? '';
        return (
          [account.name, ownName].some((name) => unquoted(name).includes(needle)) ||
          holdsCode(folded(account.id), needle)
        );
      };
  }
}

const unquoted = (name: string): string => needleOf(name).replaceAll('"', '');

/** The ids with exactly this id or name; without any, the ids whose name contains it. */
export function idsNamed(needle: string, all: readonly Named[]): ReadonlySet<string> {
  const exact = all.filter(({ id, name }) => folded(id) === needle || unquoted(name) === needle);
  const matching =
    exact.length > 0 ? exact : all.filter(({ name }) => unquoted(name).includes(needle));
  return new Set(matching.map(({ id }) => id));
}

function textMatchers(wanted: string[], unwanted: string[], names: Names): Matcher[] {
  if (wanted.length + unwanted.length === 0) return [];
  const matches: Matcher = (entry, facts) => {
    const { source, provider } = namesOf(entry, names);
    const texts = textsOf(entry);
    const inRow = holding(
      [titleOf(entry, provider), source, provider, ...texts.words],
      texts.codes,
    );
    const missing = wanted.filter((needle) => !inRow(needle));
    if (unwanted.some(inRow)) return false;
    if (missing.length === 0 && unwanted.length === 0) return true;
    const inFacts = holdingFact(facts());
    return missing.every(inFacts) && !unwanted.some(inFacts);
  };
  return [matches];
}

/** The payload is not searched: the row could not show the match. */
function textsOf(entry: TimelineEntry): { words: string[]; codes: string[] } {
  if (entry.status === 'unrecognized') {
    return { words: [summaryOf(entry)], codes: [entry.id] };
  }
  const { type, summary, account } = entry.event;
  return account
    ? { words: [summary, type, account.name], codes: [entry.id, account.id] }
    : { words: [summary, type], codes: [entry.id] };
}

const holding = (texts: readonly string[], ids: readonly string[]) => {
  const words = folded(texts.join('\n'));
  const codes = folded(ids.join('\n'));
  return (needle: string): boolean => words.includes(needle) || holdsCode(codes, needle);
};

const holdingFact = (facts: readonly Fact[]) => {
  const valuesOf = (form: Fact['form']) =>
    facts.flatMap((fact) => (fact.form === form && fact.form !== 'time' ? [fact.value] : []));
  return holding(valuesOf('text'), valuesOf('code'));
};

/** The fact that contains a term which the row does not. */
export function foundFact(
  entry: TimelineEntry,
  facts: FactsOf,
  needles: readonly string[],
  names: Names,
): { label: string; value: string } | undefined {
  const { source, provider } = namesOf(entry, names);
  const row = folded([titleOf(entry, provider), source, summaryOf(entry)].join('\n'));
  for (const needle of needles.filter((one) => !row.includes(one))) {
    const fact = facts().find((one) => holdingFact([one])(needle));
    if (fact && fact.form !== 'time') return { label: fact.label, value: fact.value };
  }
  return undefined;
}

/** Part of an id of this length rarely occurs in another id by chance. */
const distinctiveLength = 6;

/** Finds a long part of an id or hash anywhere, a short one only at a boundary: otherwise "ada" or "bad" would match half of all hashes. */
export function holdsCode(codes: string, needle: string): boolean {
  let at = codes.indexOf(needle);
  if (needle.length >= distinctiveLength) return at >= 0;
  for (; at >= 0; at = codes.indexOf(needle, at + 1)) {
    const begins = /(?:^|[^\p{L}\p{N}]|(?:^|[^\p{L}\p{N}])0x)$/u.test(
      codes.slice(Math.max(0, at - 3), at),
    );
    if (
      begins ||
      /^(?:$|[^\p{L}\p{N}])/u.test(codes.slice(at + needle.length, at + needle.length + 2))
    )
      return true;
  }
  return false;
}

export type MarkedPart = { readonly text: string; readonly at: number; readonly marked: boolean };

/** Splits a text into marked and unmarked parts; joined, they are the text. */
export function markedParts(text: string, needles: readonly string[]): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  const add = (to: number, marked: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), at, marked });
    at = Math.max(at, to);
  };
  for (const [from, to] of matchRanges(text, needles)) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return parts;
}

/** The ranges of needles in a text, in order, adjacent ranges merged. */
function matchRanges(text: string, needles: readonly string[]): [number, number][] {
  const { compared, origins } = foldedWithOrigins(text);
  const found = needles.flatMap((needle) => {
    const places: [number, number][] = [];
    if (needle === '') return places;
    for (let at = compared.indexOf(needle); at >= 0; at = compared.indexOf(needle, at + 1)) {
      let end = at + needle.length;
      // One character may fold to several, such as the ligature of f and i.
      while (end < origins.length && origins[end] === origins[end - 1]) end += 1;
      places.push([origins[at] ?? 0, origins[end] ?? text.length]);
    }
    return places;
  });
  const joined: [number, number][] = [];
  for (const [from, to] of found.sort(([a], [b]) => a - b)) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** The folded text, and the position in `text` of each of its units. */
function foldedWithOrigins(text: string): { compared: string; origins: number[] } {
  const origins: number[] = [];
  let compared = '';
  let at = 0;
  for (const character of text) {
    const units = folded(character);
    for (let unit = 0; unit < units.length; unit += 1) origins.push(at);
    compared += units;
    at += character.length;
  }
  return { compared, origins };
}
