import type { Transfer } from '../../shared/transfer.ts';

/** Thrown into a transfer that the person cancelled. */
export class Cancelled extends Error {}

/** The progress of a task that counts by itself. */
export type Progress = {
  /** Counts one item. Throws `Cancelled` after a cancel. */
  readonly count: () => void;
  /** As `count`, without an item. To be called regularly while no item is found. */
  readonly checkCancelled: () => void;
  /** Sets the total, and begins to count from 0 again. */
  readonly setTotal: (total: number) => void;
};

/** The running export or import: its progress, and its end on request. */
export type Transfers = {
  /** Null without a transfer, and for the first 250 ms of one. */
  readonly current: () => Transfer | null;
  readonly isRunning: () => boolean;
  /** For an export that searches without finding an item. Throws `Cancelled` after a cancel. */
  readonly checkCancelled: () => void;
  /** Passes items on and counts all but the headings. Throws `Cancelled` before the next item after a cancel. */
  readonly counting: <T>(
    transfer: Pick<Transfer, 'what' | 'of'> & { readonly headings?: number },
    items: AsyncIterable<T>,
  ) => AsyncGenerator<T>;
  /** Runs a task that counts by itself, and settles as it does. */
  readonly run: <T>(what: Transfer['what'], task: (progress: Progress) => Promise<T>) => Promise<T>;
  readonly cancel: () => void;
};

const updateMs = 250;

/** Passes items on. The transfer begins with the first request for one. */
async function* counted<T>(
  items: AsyncIterable<T>,
  { begin, count, end }: Record<'begin' | 'count' | 'end', () => void>,
): AsyncGenerator<T> {
  begin();
  try {
    for await (const item of items) {
      count();
      yield item;
    }
  } finally {
    end();
  }
}

export const createTransfers = (now: () => number, onChange: () => void): Transfers => {
  let current: Transfer | null = null;
  let running: Transfer | null = null;
  let isCancelled = false;
  let updatedAt = 0;

  function checkCancelled(): void {
    if (isCancelled) throw new Cancelled();
    if (!running || now() - updatedAt < updateMs) return;
    updatedAt = now();
    current = { ...running, done: Math.max(0, running.done) };
    onChange();
  }

  function count(): void {
    if (running) running = { ...running, done: running.done + 1 };
    checkCancelled();
  }

  function begin(transfer: Transfer): void {
    updatedAt = now();
    isCancelled = false;
    running = transfer;
  }

  function end(): void {
    running = null;
    current = null;
    isCancelled = false;
    onChange();
  }

  return {
    current: () => current,
    isRunning: () => running !== null,
    checkCancelled,
    counting: ({ what, of, headings = 0 }, items) =>
      counted(items, { begin: () => begin({ what, of, done: -headings }), count, end }),
    run: async (what, task) => {
      begin({ what, of: null, done: 0 });
      const setTotal = (total: number) => {
        running = { what, of: total, done: 0 };
      };
      try {
        return await task({ count, checkCancelled, setTotal });
      } finally {
        end();
      }
    },
    cancel: () => {
      isCancelled = true;
    },
  };
};
