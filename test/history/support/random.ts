/** Random numbers from 0 up to, but not including, 1. The same seed gives the same numbers. */
export const seeded = (seed: number) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** At least `from`, below `to`. */
    whole: (from: number, to: number) => from + Math.floor(next() * (to - from)),
  };
};
export type Random = ReturnType<typeof seeded>;
