import type { Transfer } from '../shared/transfer.ts';

/** Thrown into whoever transfers, when the person does not want it any more. */
export class CalledOff extends Error {}

export type Transfers = ReturnType<typeof createTransfers>;

const tellMs = 250;

/** What goes to or comes from files: how far it is, and an end to it when the person wants one. */
export const createTransfers = (now: () => number, onChange: () => void) => {
  let current: Transfer | null = null;
  let isCalledOff = false;

  return {
    /** Null while there is none, and for its first moment: what is over at once is not worth a word. */
    current: (): Transfer | null => current,
    /** Passes items on and counts them, but for a heading. Throws `CalledOff` where the next would be passed on. */
    following: async function* <T>(
      { what, of, headings = 0 }: Pick<Transfer, 'what' | 'of'> & { readonly headings?: number },
      items: AsyncIterable<T>,
    ): AsyncGenerator<T> {
      let done = -headings;
      let toldAt = now();
      isCalledOff = false;
      try {
        for await (const item of items) {
          if (isCalledOff) throw new CalledOff();
          done += 1;
          if (now() - toldAt >= tellMs) {
            toldAt = now();
            current = { what, of, done };
            onChange();
          }
          yield item;
        }
      } finally {
        current = null;
        onChange();
      }
    },
    callOff: (): void => {
      isCalledOff = true;
    },
  };
};
