import type { Transfer } from '../shared/transfer.ts';

/** Thrown into whoever transfers, when the person does not want it any more. */
export class CalledOff extends Error {}

export type Transfers = ReturnType<typeof createTransfers>;

/** For whoever counts what it transfers by itself. */
export type Progress = {
  /** One more. Throws `CalledOff` where the person does not want it any more. */
  readonly count: () => void;
  /** As `count`, where nothing is transferred for a while. */
  readonly goOn: () => void;
  /** There are so many: from now on they are counted, from the first. */
  readonly outOf: (many: number) => void;
};

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
    current = { ...running, done: Math.max(0, running.done) };
    onChange();
  }

  function begin(transfer: Transfer): void {
    toldAt = now();
    isCalledOff = false;
    running = transfer;
  }

  function count(): void {
    if (running) running = { ...running, done: running.done + 1 };
    goOn();
  }

  function end(): void {
    running = null;
    current = null;
    isCalledOff = false;
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
      begin({ what, of, done: -headings });
      try {
        for await (const item of items) {
          count();
          yield item;
        }
      } finally {
        end();
      }
    },
    /** Runs a task that counts by itself; rejects as it does. */
    during: async <T>(
      what: Transfer['what'],
      task: (progress: Progress) => Promise<T>,
    ): Promise<T> => {
      begin({ what, of: null, done: 0 });
      const outOf = (of: number) => {
        running = { what, of, done: 0 };
      };
      try {
        return await task({ count, goOn, outOf });
      } finally {
        end();
      }
    },
    callOff: (): void => {
      isCalledOff = true;
    },
  };
};
