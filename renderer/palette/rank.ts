import { folded, needleOf } from '../../shared/matching.ts';

export type Rankable = {
  readonly id: string;
  readonly heading: string;
  readonly words: string;
  /** Other names that it is found by. */
  readonly also?: readonly string[];
};

export type Group<T> = { readonly heading: string; readonly items: readonly T[] };

const worst = 8;
const scattered = 5;

/**
 * How well a name fits what was typed, 0 is best: the name begins so, a word of it begins so, it stands anywhere, all typed words
 * stand somewhere, its letters follow each other from the beginning of a word on. Null where nothing fits.
 */
export function rankOf(typed: string, name: string): number | null {
  const needle = needleOf(typed);
  const hay = needleOf(name);
  if (hay.startsWith(needle)) return 0;
  const words = wordsOf(hay);
  if (isWordStart(hay, needle)) return 1;
  if (hay.includes(needle)) return 2;
  const wanted = needle.split(' ');
  if (wanted.every((one) => words.some((word) => word.startsWith(one)))) return 3;
  if (wanted.every((one) => hay.includes(one))) return 4;
  const letters = needle.replaceAll(' ', '');
  return letters.length > 1 && words.some((_, at) => follow(letters, words.slice(at).join('')))
    ? scattered
    : null;
}

const wordsOf = (hay: string): string[] => hay.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

const isWordStart = (hay: string, needle: string): boolean => {
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1))
    if (!/[\p{L}\p{N}]/u.test(hay.charAt(at - 1))) return true;
  return false;
};

/** The first letter is the first of the hay, the others come after it in their order. */
function follow(letters: string, hay: string): boolean {
  if (hay[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = hay.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Another name counts less than the shown one of the same rank. */
const rankOfItem = (typed: string, { words, also = [] }: Rankable): number => {
  const ranks = [rankOf(typed, words), ...also.map((name) => plusHalf(rankOf(typed, name)))];
  return Math.min(...ranks.map((rank) => rank ?? worst));
};

const plusHalf = (rank: number | null): number | null => (rank === null ? null : rank + 0.5);

/**
 * What fits, under headings: the best of all first, and each heading where its best stands. Among equals the given order stays.
 * Where nothing is typed, all of it, with what was used last (`recent`, newest first) under a heading of its own.
 */
export function ranked<T extends Rankable>(
  items: readonly T[],
  typed: string,
  recent: readonly string[],
  atMost: number,
): Group<T>[] {
  if (folded(typed).trim() === '') return withRecent(items, recent);
  const found = items
    .map((item) => ({ item, rank: rankOfItem(typed, item) }))
    .filter(({ rank }) => rank < worst)
    .sort((one, other) => one.rank - other.rank);
  // Scattered letters count only where no name has them together.
  const isScattered = (found[0]?.rank ?? worst) >= scattered;
  const shown = found.filter(({ rank }) => isScattered || rank < scattered);
  return grouped(shown.map(({ item }) => item)).map(({ heading, items: some }) => ({
    heading,
    items: some.slice(0, atMost),
  }));
}

function withRecent<T extends Rankable>(items: readonly T[], recent: readonly string[]) {
  const used = recent.flatMap((id) => items.find((item) => item.id === id) ?? []);
  const rest = grouped(items.filter((item) => !used.includes(item)));
  return used.length === 0 ? rest : [{ heading: 'Recent', items: used }, ...rest];
}

function grouped<T extends Rankable>(items: readonly T[]): Group<T>[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.heading);
    if (group) group.push(item);
    else groups.set(item.heading, [item]);
  }
  return [...groups].map(([heading, some]) => ({ heading, items: some }));
}
