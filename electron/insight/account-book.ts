/** The fields that decide which account is removed first. */
export type Booked = {
  readonly sourceId: string;
  /** Failures in a row. */
  readonly failures: number;
  /** The open condition, or null. `since`: epoch ms. */
  readonly condition: { readonly since: number } | null;
};

/** The known accounts of each source, bounded to 2500. Each change takes constant time. */
export type AccountBook<A> = {
  readonly get: (sourceId: string, key: string) => A | undefined;
  /** Beyond the limit of its source, removes the account that is well for longest, else one that waits, else one that fails. */
  readonly set: (key: string, account: A) => void;
  readonly delete: (sourceId: string, key: string) => void;
  readonly clear: () => void;
  readonly list: () => A[];
  /** The failing accounts of each source: the 50 newest, and the number of others. */
  readonly failing: () => { sourceId: string; newest: A[]; more: number }[];
};

/** A limit per source: an attacker who invents accounts of one source removes none of another. */
const mostOfSource = 2500;
/** See E7b. */
const mostListed = 50;

const groups = ['well', 'waiting', 'failing'] as const;
type Group = (typeof groups)[number];
type Page<A> = Readonly<Record<Group, Map<string, A>>>;

const groupOf = ({ condition, failures }: Booked): Group => {
  if (condition) return 'failing';
  return failures === 0 ? 'well' : 'waiting';
};

const bySince = (one: Booked, other: Booked): number =>
  (one.condition?.since ?? 0) - (other.condition?.since ?? 0);

export const createAccountBook = <A extends Booked>(): AccountBook<A> => {
  const pages = new Map<string, Page<A>>();

  const pageOf = (sourceId: string): Page<A> => {
    const known = pages.get(sourceId);
    if (known) return known;
    const page: Page<A> = { well: new Map(), waiting: new Map(), failing: new Map() };
    pages.set(sourceId, page);
    return page;
  };

  const sizeOf = (page: Page<A>): number =>
    groups.reduce((size, group) => size + page[group].size, 0);

  return {
    get: (sourceId, key) => {
      const page = pageOf(sourceId);
      return page.failing.get(key) ?? page.waiting.get(key) ?? page.well.get(key);
    },
    set: (key, account) => {
      const page = pageOf(account.sourceId);
      const home = groupOf(account);
      // A failing account keeps its position: the one that fails for longest is removed first.
      for (const group of groups) if (group !== home || home !== 'failing') page[group].delete(key);
      page[home].set(key, account);
      if (sizeOf(page) <= mostOfSource) return;
      const crowded = groups.find((group) => page[group].size > 0) ?? 'well';
      const [oldest] = page[crowded].keys();
      if (oldest !== undefined) page[crowded].delete(oldest);
    },
    delete: (sourceId, key) => {
      for (const group of groups) pageOf(sourceId)[group].delete(key);
    },
    clear: () => pages.clear(),
    list: () =>
      [...pages.values()].flatMap((page) => groups.flatMap((group) => [...page[group].values()])),
    failing: () =>
      [...pages].map(([sourceId, { failing }]) => {
        const newest = [...failing.values()].sort(bySince).slice(-mostListed);
        return { sourceId, newest, more: failing.size - newest.length };
      }),
  };
};
