/** What decides which account is forgotten first. */
export type Booked = {
  readonly sourceId: string;
  /** Failures in a row. */
  readonly failures: number;
  /** Null while it has no open condition. */
  readonly failing: unknown;
};

/** Of each source at most so many accounts are known: a stranger who invents them forgets none of another source. */
const mostOfSource = 2500;
/** Of each source at most so many failing accounts are listed (E7b). */
const mostListed = 50;

const groups = ['well', 'waiting', 'failing'] as const;
type Group = (typeof groups)[number];
type Page<A> = Readonly<Record<Group, Map<string, A>>>;

const groupOf = ({ failing, failures }: Booked): Group => {
  if (failing) return 'failing';
  return failures === 0 ? 'well' : 'waiting';
};

export type AccountBook<A> = ReturnType<typeof createAccountBook<A & Booked>>;

/** The known accounts of each source, bounded. Every step takes the same time, however many there are. */
export const createAccountBook = <A extends Booked>() => {
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
    get: (sourceId: string, key: string): A | undefined => {
      const page = pageOf(sourceId);
      return page.failing.get(key) ?? page.waiting.get(key) ?? page.well.get(key);
    },
    /** Where there are too many of its source, the one that has been well, else failing, for longest is forgotten. */
    set: (key: string, account: A): void => {
      const page = pageOf(account.sourceId);
      const home = groupOf(account);
      // A failing one keeps its place: it is as old as its condition.
      for (const group of groups) if (group !== home || home !== 'failing') page[group].delete(key);
      page[home].set(key, account);
      if (sizeOf(page) <= mostOfSource) return;
      const crowded = groups.find((group) => page[group].size > 0) ?? 'well';
      const [oldest] = page[crowded].keys();
      if (oldest !== undefined) page[crowded].delete(oldest);
    },
    delete: (sourceId: string, key: string): void => {
      for (const group of groups) pageOf(sourceId)[group].delete(key);
    },
    clear: (): void => pages.clear(),
    list: (): A[] =>
      [...pages.values()].flatMap((page) => groups.flatMap((group) => [...page[group].values()])),
    /** The failing accounts of each source: at most 50, those whose condition opened last, and how many more there are. */
    failing: (): { sourceId: string; newest: A[]; more: number }[] =>
      [...pages].map(([sourceId, { failing }]) => {
        const newest = [...failing.values()].slice(-mostListed);
        return { sourceId, newest, more: failing.size - newest.length };
      }),
  };
};
