import { rowKinds } from '../../shared/kinds.ts';
import { folded, type Names } from '../../shared/matching.ts';
import {
  type FilterKey,
  filterKeys,
  parseQuery,
  queryAtMost,
  states,
  tokenOf,
} from '../../shared/query.ts';
import type { SavedSearch } from '../../shared/saved-search.ts';
import { kindLabel } from '../timeline/kind-icons.ts';

export type Suggestion = {
  token: string;
  hint: string;
  text: string;
  cursor: number;
  /** The filter has no value yet; its values are suggested next. */
  goesOn: boolean;
};

const keyHints = {
  provider: 'who sends it',
  kind: 'what it means',
  source: 'your own name for it',
  account: 'a wallet or exchange',
  is: 'failed, unread…',
  before: 'older than a day',
  after: 'from a day on',
} satisfies Record<FilterKey, string>;

const stateHints = {
  failed: 'syncs and recalculations',
  unread: 'not opened yet',
  pinned: 'by you',
  archived: 'by you',
  unrecognized: 'of a type not known yet',
  simulated: 'made by the simulator',
} satisfies Record<(typeof states)[number], string>;

const times = [
  ['today', 'since midnight'],
  ['yesterday', 'since the midnight before'],
  ['7d', 'seven days'],
  ['30d', 'thirty days'],
] as const;

const savedAtMost = 5;
const keysAtMost = 8;
const valuesAtMost = 20;

type Value = { value: string; hint: string };

/** Suggestions for the part of a query that is being typed at `cursor`. */
export function suggestionsFor(
  text: string,
  cursor: number,
  names: Names,
  accounts: readonly string[],
  searches: readonly SavedSearch[] = [],
): Suggestion[] {
  const typed = text.slice(0, cursor);
  const [last] = parseQuery(typed, 0).parts.slice(-1);
  // A space begins a new part, except inside a quotation.
  const current = last && last.to === cursor ? last : null;
  const from = current?.from ?? cursor;
  const [, dash = '', key = '', value = ''] =
    /^(-?)(?:([a-z]+):)?"?(.*)$/iu.exec(text.slice(from, cursor)) ?? [];
  const known = filterKeys.find((one) => one === key.toLowerCase());
  if (key !== '' && !known) return [];

  const found = known
    ? valuesOf(known, names, accounts)
        .filter((one) => fits(one, value))
        .map((one) => ({ token: tokenOf(known, one.value), hint: one.hint, goesOn: false }))
    : [...keysLike(value), ...valuesLike(value, names)];
  const rest = text.slice(cursor).replace(/^\S+/, '').trimStart();
  const filters = found
    .filter(({ token, goesOn }) => goesOn || dash + token !== text.slice(from, cursor))
    .slice(0, known ? valuesAtMost : keysAtMost)
    .map((one) => {
      const head = `${text.slice(0, from)}${dash}${one.token}${one.goesOn ? '' : ' '}`;
      return { ...one, text: `${head}${rest}`.slice(0, queryAtMost), cursor: head.length };
    });
  return [...savedLike(text, searches), ...filters];
}

/** Saved searches whose name begins with all that is typed. */
const savedLike = (text: string, searches: readonly SavedSearch[]): Suggestion[] =>
  searches
    .filter(({ name, query }) => query !== text && folded(name).startsWith(folded(text.trim())))
    .slice(0, savedAtMost)
    .map(({ name, query }) => ({
      ...{ token: name, hint: query, text: query },
      ...{ cursor: query.length, goesOn: false },
    }));

const keysLike = (word: string) =>
  filterKeys
    .filter((key) => key.startsWith(word.toLowerCase()))
    .map((key) => ({ token: `${key}:`, hint: keyHints[key], goesOn: true }));

/** Values that begin with a word of two letters or more. */
const valuesLike = (word: string, names: Names) =>
  word.length < 2
    ? []
    : (['is', 'provider', 'source'] as const).flatMap((key) =>
        valuesOf(key, names, [])
          .filter(({ value }) => folded(value).startsWith(folded(word)))
          .map(({ value, hint }) => ({ token: tokenOf(key, value), hint, goesOn: false })),
      );

const fits = ({ value, hint }: Value, typed: string): boolean =>
  folded(value).includes(folded(typed)) || folded(hint).includes(folded(typed));

function valuesOf(key: FilterKey, names: Names, accounts: readonly string[]): Value[] {
  switch (key) {
    case 'provider':
      return names.providers.map(({ id, name }) => ({ value: id, hint: name }));
    case 'source':
      return names.sources.map(({ name }) => ({ value: name, hint: '' }));
    case 'account':
      return accounts.map((name) => ({ value: name, hint: '' }));
    case 'kind':
      return rowKinds.map((kind) => ({ value: kind, hint: kindLabel(kind) }));
    case 'is':
      return states.map((state) => ({ value: state, hint: stateHints[state] }));
    case 'before':
    case 'after':
      return times.map(([value, hint]) => ({ value, hint }));
  }
}
