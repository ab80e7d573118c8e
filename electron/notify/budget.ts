const minuteMs = 60_000;

/** In all, within a minute. */
const mostInAll = 10;
/** The rest is kept for the first of a grave kind from a source within the minute. */
const mostButFirst = 8;
const mostPlain = 5;
const mostPlainOfSource = 3;
const mostGraveOfSource = 6;

/** Whose notification it is, what it tells of, and whether that is grave. */
export type Spending = {
  readonly sourceId: string;
  readonly kind: string;
  readonly isGrave: boolean;
};

/**
 * How many notifications may be shown within a minute (N6): 10 in all, half of them only for grave kinds, so many of a source, and a
 * reserve, so that what goes on and on holds up nothing grave that is new. `now` is epoch ms.
 */
export const createBudget = (now: () => number) => {
  let spent: readonly (Spending & { readonly at: number })[] = [];

  const recent = () => {
    // The distance, not the age: a clock that was set back holds nothing up (A7).
    spent = spent.filter(({ at }) => Math.abs(now() - at) < minuteMs);
    return spent;
  };

  return {
    admits: ({ sourceId, kind, isGrave }: Spending): boolean => {
      const inAll = recent();
      const ofSource = inAll.filter((one) => one.sourceId === sourceId);
      const isFirst = isGrave && !ofSource.some((one) => one.kind === kind);
      if (inAll.length >= (isFirst ? mostInAll : mostButFirst)) return false;
      if (isFirst) return true;
      if (isGrave) return ofSource.filter((one) => one.isGrave).length < mostGraveOfSource;
      const isPlain = (one: Spending) => !one.isGrave;
      return (
        inAll.filter(isPlain).length < mostPlain &&
        ofSource.filter(isPlain).length < mostPlainOfSource
      );
    },
    spend: (spending: Spending): void => {
      spent = [...recent(), { ...spending, at: now() }];
    },
  };
};
