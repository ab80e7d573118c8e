import { Refusal, type RefusalCount } from '../../shared/refusals.ts';

export type RefusalCounts = {
  /** Counts requests of our own simulator apart. */
  readonly note: (why: Refusal, sender?: { readonly simulated: boolean }) => void;
  readonly list: () => RefusalCount[];
};

/** Counts refusals by reason since the app started. Keeps nothing that a stranger sent. */
export const createRefusalCounts = (
  now: () => number,
  onChange: () => void,
  onCounted: (why: Refusal) => void = () => {},
): RefusalCounts => {
  const counted = new Map<Refusal, Omit<RefusalCount, 'why'>>();

  return {
    note: (why, { simulated } = { simulated: false }) => {
      const { times, tests } = counted.get(why) ?? { times: 0, tests: 0 };
      counted.set(why, {
        times: times + 1,
        tests: tests + (simulated ? 1 : 0),
        lastAt: now(),
      });
      if (!simulated) onCounted(why);
      onChange();
    },
    list: () =>
      Refusal.options.flatMap((why) => {
        const found = counted.get(why);
        return found ? [{ why, ...found }] : [];
      }),
  };
};
