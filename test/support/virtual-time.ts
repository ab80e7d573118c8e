/** A clock that moves only when told; tasks run in the order they are due. */
export const virtualTime = () => {
  let at = 0;
  let order = 0;
  const waiting = new Set<{
    readonly due: number;
    readonly order: number;
    readonly task: () => void;
  }>();

  const next = (until: number) =>
    [...waiting]
      .filter(({ due }) => due <= until)
      .sort((a, b) => a.due - b.due || a.order - b.order)[0];

  return {
    later: (ms: number, task: () => void) => {
      order += 1;
      const one = { due: at + ms, order, task };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    steady: () => at,
    now: () => Date.UTC(2026, 0, 1) + at,
    /** Lets time pass, and promises settle in between. */
    pass: async (ms: number): Promise<void> => {
      const until = at + ms;
      await settle();
      for (let one = next(until); one; one = next(until)) {
        waiting.delete(one);
        at = one.due;
        one.task();
        await settle();
      }
      at = until;
    },
    waiting: () => waiting.size,
  };
};

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
