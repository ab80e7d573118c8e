import type { Fact } from './event.ts';
import type { RowKind } from './kinds.ts';
import { kindsNamed, type Query, type QueryPart } from './query.ts';
import type { TimelineEntry } from './timeline.ts';

type Named = { readonly id: string; readonly name: string };

/** The names a person knows sources and providers by. */
export type Names = { readonly sources: readonly Named[]; readonly providers: readonly Named[] };

/** The details of an entry, made when they are asked for: that takes longer than everything else about it. */
export type FactsOf = () => readonly Fact[];

/** An entry as a query sees it: whether it passes. */
export type Matcher = (entry: TimelineEntry, facts: FactsOf) => boolean;

const plain = /^[\n -~]*$/;
const ignored = /[\p{M}\p{Cf}]/gu;

/** Text as it is compared: without case, marks on letters, invisible characters and other forms of the same letter. */
export const folded = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(ignored, '').toLowerCase().replaceAll('ς', 'σ');

/** What is looked for, as it is compared: one line. */
export const needleOf = (text: string): string => folded(text).trim().replace(/\s+/g, ' ');

export const kindOf = (entry: TimelineEntry): RowKind =>
  entry.status === 'event' ? entry.event.kind : 'unrecognized';

export const isFailure = (kind: RowKind): boolean => kind.endsWith('.failed');

/** The first line of an entry. */
export const titleOf = (entry: TimelineEntry, provider: string): string =>
  entry.status === 'event' ? entry.event.title : `${provider} sent ${unknownWords(entry)}`;

/** The second line; an unknown type is shown as it was sent. */
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

/** What an entry's source and provider are called; a source that is gone has its provider's name. */
export function namesOf(
  { sourceId, provider }: Pick<TimelineEntry, 'sourceId' | 'provider'>,
  names: Names,
): { readonly source: string; readonly provider: string } {
  const providerName = names.providers.find(({ id }) => id === provider)?.name ?? provider;
  return {
    source: names.sources.find(({ id }) => id === sourceId)?.name ?? providerName,
    provider: providerName,
  };
}

/** What a query looks for as text, to be marked where it is shown; or what it looks for to leave it out. */
export const needlesIn = ({ parts }: Query, negated = false): string[] =>
  parts.flatMap((part) => {
    const needle = part.what === 'text' && part.negated === negated ? needleOf(part.text) : '';
    return needle === '' ? [] : [needle];
  });

/**
 * Every word has to be found somewhere, every filter has to be passed; of two values of one filter (`kind:a kind:b`) either
 * will do. Nothing that `-` stands before may fit.
 */
export function matcherOf(query: Query, names: Names): Matcher {
  const wanted: Matcher[] = [];
  const anyOf = new Map<string, Matcher[]>();
  for (const part of query.parts) {
    const fits = matcherOfFilter(part, names);
    if (fits === null) continue;
    if (part.negated) wanted.push((entry, facts) => !fits(entry, facts));
    else if (part.what === 'names') anyOf.set(part.key, [...(anyOf.get(part.key) ?? []), fits]);
    else wanted.push(fits);
  }
  for (const fitting of anyOf.values())
    wanted.push((entry, facts) => fitting.some((fits) => fits(entry, facts)));
  wanted.push(...textMatchers(needlesIn(query), needlesIn(query, true), names));
  return (entry, facts) => wanted.every((fits) => fits(entry, facts));
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
    case 'names':
      return nameMatcher(part.key, part.value, names);
  }
}

const stateMatchers = {
  failed: (entry) => isFailure(kindOf(entry)),
  unread: ({ seen }) => !seen,
  unrecognized: ({ status }) => status === 'unrecognized',
  simulated: ({ simulated }) => simulated,
} satisfies Record<string, Matcher>;

function nameMatcher(key: string, value: string, names: Names): Matcher {
  const needle = needleOf(value);
  switch (key) {
    case 'kind': {
      const fitting = new Set<RowKind>(kindsNamed(value));
      return (entry) => fitting.has(kindOf(entry));
    }
    case 'provider': {
      const fitting = idsNamed(needle, names.providers);
      return ({ provider }) => fitting.has(provider);
    }
    case 'source': {
      const fitting = idsNamed(needle, names.sources);
      return ({ sourceId }) => fitting.has(sourceId);
    }
    default:
      return (entry) => {
        const account = entry.status === 'event' ? entry.event.account : null;
        return (
          account !== null &&
          (unquoted(account.name).includes(needle) || holdsCode(folded(account.id), needle))
        );
      };
  }
}

const unquoted = (name: string): string => needleOf(name).replaceAll('"', '');

/** Who has exactly this id or name; where nobody has, whose name has it in it. */
export function idsNamed(needle: string, all: readonly Named[]): ReadonlySet<string> {
  const exact = all.filter(({ id, name }) => folded(id) === needle || unquoted(name) === needle);
  const fitting =
    exact.length > 0 ? exact : all.filter(({ name }) => unquoted(name).includes(needle));
  return new Set(fitting.map(({ id }) => id));
}

function textMatchers(wanted: string[], unwanted: string[], names: Names): Matcher[] {
  if (wanted.length + unwanted.length === 0) return [];
  const fits: Matcher = (entry, facts) => {
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
  return [fits];
}

/** What can be searched beside title, names and facts. The payload cannot: a row could not show why it is there. */
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

/** The fact that holds what is looked for where neither line of an entry's row does. */
export function foundFact(
  entry: TimelineEntry,
  facts: FactsOf,
  needles: readonly string[],
  names: Names,
): { label: string; value: string } | undefined {
  const { source, provider } = namesOf(entry, names);
  const shown = folded([titleOf(entry, provider), source, summaryOf(entry)].join('\n'));
  for (const needle of needles.filter((one) => !shown.includes(one))) {
    const fact = facts().find((one) => holdingFact([one])(needle));
    if (fact && fact.form !== 'time') return { label: fact.label, value: fact.value };
  }
  return undefined;
}

/** From here on, a piece of an id stands in another one by chance too seldom to disturb. */
const tellingLength = 6;

/**
 * Whether a piece of an id, address or hash is meant: a long one anywhere, a short one only where a code, or a part of it,
 * begins or ends; else "ada", "bad" and "fee" would find half of all hashes.
 */
export function holdsCode(codes: string, needle: string): boolean {
  let at = codes.indexOf(needle);
  if (needle.length >= tellingLength) return at >= 0;
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

/** A text in parts, those that are looked for being marked. Put together they are the text. */
export function markedParts(text: string, needles: readonly string[]): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  const add = (to: number, marked: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), at, marked });
    at = Math.max(at, to);
  };
  for (const [from, to] of placesOf(text, needles)) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  return parts;
}

/** Where needles stand in a text, joined where they touch, first to last. */
function placesOf(text: string, needles: readonly string[]): [number, number][] {
  const { compared, origins } = traced(text);
  const found = needles.flatMap((needle) => {
    const places: [number, number][] = [];
    if (needle === '') return places;
    for (let at = compared.indexOf(needle); at >= 0; at = compared.indexOf(needle, at + 1)) {
      let end = at + needle.length;
      // One character may be compared as several, such as the ligature of f and i.
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

/** The folded text, and where in the text each of its units comes from. */
function traced(text: string): { compared: string; origins: number[] } {
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
