import type { Appender } from '../../storage/folder.ts';
import { encodeLines } from '../../storage/journal-codec.ts';
import { type Batch, takeBatch, type Waiter } from './batch.ts';
import { readyToAppend } from './journals.ts';
import { type Context, type LogState, overfull } from './log-state.ts';
import type { Roller } from './roller.ts';
import type { Sequenced } from './segments.ts';

/** The next journal is prepared when so much of a segment is full. */
const nearlyFull = 0.75;

/** The one writer of journals: a batch is written and synced at a time (H2). */
export type Writer<R> = {
  append(make: (seq: number) => R): Promise<R>;
  idle(): Promise<void>;
  /** Ends the open segment before it is full, if the disk lets it. */
  endSegment(): Promise<void>;
};

export const createWriter = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  roller: Roller,
): Writer<R> => {
  const { segmentRecords } = context;
  const waiting: Waiter<R>[] = [];
  const groupCommit = createGroupCommit(context.schedule, () => waiting.length);
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    try {
      while (waiting.length > 0) {
        await groupCommit.gather();
        if (roller.isFull(overfull) && !(await leaveOverfull(context, state, roller, waiting)))
          continue;
        // An overfull segment goes on taking records while its successor cannot be opened.
        const left = segmentRecords - state.open.records.length;
        const batch = takeBatch(waiting, state.nextSeq, left > 0 ? left : segmentRecords);
        await writeBatch(context, state, batch, groupCommit.measured);
        if (roller.isFull(nearlyFull)) roller.prepare();
        if (roller.isFull() && !state.open.torn) await roller.roll().catch(() => {}); // Tried again after the next batch.
      }
    } finally {
      // Synchronous with the last look at what waits: a record that is appended after it starts another run.
      writing = null;
    }
  }

  return {
    append: (make) =>
      new Promise((resolve, reject) => {
        waiting.push({ make, resolve, reject });
        groupCommit.arrived();
        writing ??= writeAll();
      }),
    idle: async () => {
      while (writing) await writing;
    },
    endSegment: async () => {
      while (writing) await writing;
      writing = roller
        .end()
        .catch(() => {}) // Its journal keeps it.
        .finally(() => {
          writing = waiting.length > 0 ? writeAll() : null;
        });
      await writing;
    },
  };
};

/** Whether the overfull segment was left; if not, those who wait are refused with the system's error. */
async function leaveOverfull<R extends Sequenced>(
  context: Context<R>,
  { open }: LogState<R>,
  roller: Roller,
  waiting: Waiter<R>[],
): Promise<boolean> {
  try {
    await readyToAppend(context, open);
    await roller.roll();
    return true;
  } catch (error) {
    for (const { reject } of waiting.splice(0)) reject(error);
    return false;
  }
}

/** Writes and syncs a batch, and answers those who wait for it. `measured` runs the sync. */
async function writeBatch<R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  { lines, bytes: length }: Batch<R>,
  measured: (records: number, sync: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if (lines.length === 0) return;
  const { open } = state;
  try {
    const texts = lines.map(({ text }) => text);
    const bytes = encodeLines(texts, length);
    const appender: Appender = await readyToAppend(context, open);
    await context.at('write:before');
    await measured(lines.length, () => appender.append(bytes));
    await context.at('write:after');
    open.bytes += bytes.byteLength;
  } catch (error) {
    // Whatever it was, a bug too: nobody is left waiting, and no line stays that was not acknowledged (A4).
    await cutOff(context, state);
    for (const { waiter } of lines) waiter.reject(error);
    return;
  }
  state.nextSeq += lines.length;
  for (const { record, waiter } of lines) {
    open.records.push(record);
    waiter.resolve(record);
  }
}

/** Cuts off what a failed write left (H3). While the disk refuses that, nothing more is written. */
async function cutOff<R>(context: Context<R>, { open }: LogState<R>): Promise<void> {
  await context.at('write:refused');
  open.torn = true;
  try {
    await readyToAppend(context, open);
  } catch {
    return;
  }
  await context.at('write:cut');
}

/** A sync that takes this long is worth waiting this long for a larger batch. */
const slowSyncMs = 8;
const gatherMs = 5;

/**
 * Records that arrive in one turn of the event loop share a sync. Where syncs are slow, the writer waits for as many records as the last
 * batch had: most of its senders send their next delivery at once.
 */
const createGroupCommit = (schedule: Context<unknown>['schedule'], waiting: () => number) => {
  let lastSync = { isSlow: false, records: 0 };
  let stopWaiting = () => {};
  const isEnough = () => waiting() >= lastSync.records;
  return {
    arrived: (): void => {
      if (isEnough()) stopWaiting();
    },
    gather: async (): Promise<void> => {
      await othersAppended();
      if (!lastSync.isSlow || isEnough()) return;
      await new Promise<void>((resolve) => {
        const cancel = schedule(gatherMs, resolve);
        stopWaiting = () => {
          cancel();
          resolve();
        };
      });
      stopWaiting = () => {};
    },
    measured: async (records: number, sync: () => Promise<void>): Promise<void> => {
      let isSlow = false;
      const cancel = schedule(slowSyncMs, () => {
        isSlow = true;
      });
      await sync().finally(cancel);
      lastSync = { isSlow, records };
    },
  };
};

/** Settles once the deliveries that were judged together have all asked for their records, so that one sync serves them. */
const othersAppended = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
