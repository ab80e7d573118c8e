let ending: Promise<void> | null = null;

/**
 * Settles once everything that came in this turn of the event loop is there. Who waits for it goes on one right after the other,
 * and in the same order from `await` to `await`: each step is taken by all of them before the next is taken by one.
 */
export const endOfTurn = (): Promise<void> => {
  ending ??= new Promise((resolve) => {
    setImmediate(() => {
      ending = null;
      resolve();
    });
  });
  return ending;
};

/** To be awaited between two steps of what began with `endOfTurn`. */
export const othersToo: Promise<void> = Promise.resolve();

/** Settles once all who went on together have nothing left to do but wait. */
export const othersDone = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
