import type { Transfer } from '../shared/transfer.ts';

/** Thrown into whoever transfers, when the person does not want it any more. */
export class CalledOff extends Error {}

export type Transfers = ReturnType<typeof createTransfers>;

const tellMs = 250;

/** What goes to or comes from files: how far it is, and an end to it when the person wants one. */
export const createTransfers = (now: () => number, onChange: () => void) => {
  let current: Transfer | null = null;
  let running: Transfer | null = null;
  let isCalledOff = false;
  let toldAt = 0;

  function goOn(): void {
    if (isCalledOff) throw new CalledOff();
    if (!running || now() - toldAt < tellMs) return;
    toldAt = now();
    current = running;
    onChange();
  }

  return {
    /** Null while there is none, and for its first moment: what is over at once is not worth a word. */
    current: (): Transfer | null => current,
    /** For whoever looks for what is to be transferred, and may not find any for long: throws `CalledOff`. */
    goOn,
    /** Passes items on and counts them, but for a heading. Throws `CalledOff` where the next would be passed on. */
    following: async function* <T>(
      { what, of, headings = 0 }: Pick<Transfer, 'what' | 'of'> & { readonly headings?: number },
      items: AsyncIterable<T>,
    ): AsyncGenerator<T> {
      let done = -headings;
      toldAt = now();
      isCalledOff = false;
      running = { what, of, done: 0 };
      try {
        for await (const item of items) {
          done += 1;
          running = { what, of, done: Math.max(0, done) };
          goOn();
          yield item;
        }
      } finally {
        running = null;
        current = null;
        isCalledOff = false;
        onChange();
      }
    },
    callOff: (): void => {
      isCalledOff = true;
    },
  };
};
