import { Refusal, type TurnedAway } from '../../shared/turned-away.ts';

export type TurnedAwayCount = ReturnType<typeof createTurnedAway>;

/** Counts what was turned away since the app started, by its reason alone: nothing of what a stranger sent is kept. */
export const createTurnedAway = (
  now: () => number,
  onChange: () => void,
  onCounted: (why: Refusal) => void = () => {},
) => {
  const counted = new Map<Refusal, Omit<TurnedAway, 'why'>>();

  return {
    /** A test of our own tells nothing of who is out there, and is counted as one. */
    note: (why: Refusal, { simulated } = { simulated: false }): void => {
      const { times, tests } = counted.get(why) ?? { times: 0, tests: 0 };
      counted.set(why, {
        times: times + 1,
        tests: tests + (simulated ? 1 : 0),
        lastAt: now(),
      });
      if (!simulated) onCounted(why);
      onChange();
    },
    /** Each reason there was, always in the same order. */
    list: (): TurnedAway[] =>
      Refusal.options.flatMap((why) => {
        const found = counted.get(why);
        return found ? [{ why, ...found }] : [];
      }),
  };
};
