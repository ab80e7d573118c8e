const minuteMs = 60_000;

/** In all, within a minute. */
const mostInAll = 10;
/** Of a source that had one within the minute: the rest is left to sources that had none. */
const mostOfKnownSources = 8;
const mostPlain = 5;
const mostPlainOfSource = 3;
const mostGraveOfSource = 6;

/** Whose notification it is, and whether it is of a grave kind. */
export type Spending = { readonly sourceId: string; readonly isGrave: boolean };

/**
 * How many notifications may be shown within a minute (N6): 10 in all, half of them kept free for grave kinds, and no source, or
 * two of them together, uses up what another needs. `now` is epoch ms.
 */
export const createBudget = (now: () => number) => {
  let spent: readonly (Spending & { readonly at: number })[] = [];

  const recent = () => {
    // The distance, not the age: a clock that was set back holds nothing up (A7).
    spent = spent.filter(({ at }) => Math.abs(now() - at) < minuteMs);
    return spent;
  };

  return {
    admits: ({ sourceId, isGrave }: Spending): boolean => {
      const inAll = recent();
      const ofSource = inAll.filter((one) => one.sourceId === sourceId);
      const most = ofSource.length === 0 ? mostInAll : mostOfKnownSources;
      if (inAll.length >= most) return false;
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
