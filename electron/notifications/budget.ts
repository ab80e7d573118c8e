const minuteMs = 60_000;

const mostInAll = 10;
const mostButFirst = 8;
const mostPlain = 5;
const mostPlainOfSource = 3;
const mostGraveOfSource = 6;

export type Spending = {
  readonly sourceId: string;
  readonly kind: string;
  readonly isGrave: boolean;
};

export type Budget = {
  readonly admits: (spending: Spending) => boolean;
  readonly spend: (spending: Spending) => void;
};

/**
 * Limits the notifications of a minute, in all and per source (N6). A reserve keeps noise from delaying the first grave one. `now` is
 * epoch ms.
 */
export const createBudget = (now: () => number): Budget => {
  let spent: readonly (Spending & { readonly at: number })[] = [];

  const recent = () => {
    // The distance rather than the age: a clock that was set back delays nothing (A7).
    spent = spent.filter(({ at }) => Math.abs(now() - at) < minuteMs);
    return spent;
  };

  return {
    admits: ({ sourceId, kind, isGrave }) => {
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
    spend: (spending) => {
      spent = [...recent(), { ...spending, at: now() }];
    },
  };
};
