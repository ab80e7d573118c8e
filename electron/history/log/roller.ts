import type { Appender } from '../../storage/folder.ts';
import { openJournal, readyToAppend } from './journals.ts';
import { type Context, emptySegment, type LogState, type OpenSegment } from './log-state.ts';
import type { SegmentCache } from './segment-cache.ts';
import { describeSegment, journalFile, type Sequenced } from './segments.ts';

/** So many full segments may wait to be sealed: the next start reads all their journals. */
const mostUnsealed = 8;

/** Ends the open segment and opens the next one. The writer calls it between two writes. */
export type Roller = {
  /** Whether the open segment holds so many times its limit. */
  isFull(times?: number): boolean;
  /** Opens the next journal before it is needed: that takes as long as a sync. */
  prepare(): void;
  /** Ends the open segment. Rejects with the system's error, leaving everything as it was, when the next journal cannot be opened. */
  roll(): Promise<void>;
  /** Ends the open segment before it is full; the next journal is opened when it is needed. Rejects as `roll`. */
  end(): Promise<void>;
  /** Closes and removes a next journal that was prepared for nothing. */
  close(): Promise<void>;
};

export const createRoller = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  cache: SegmentCache<R>,
  /** Settles when what is full was sealed, or could not be. */
  sealAll: () => Promise<void>,
): Roller => {
  const { folder, at } = context;
  let successor: Promise<Appender> | null = null;

  function opened(): Promise<Appender> {
    successor ??= openJournal(context, state.open.number + 1).catch((error) => {
      successor = null;
      throw error;
    });
    return successor;
  }

  async function follow(appender: Appender | null): Promise<void> {
    const old = state.open;
    cache.remember(old.number, old.records);
    state.full.push(describeSegment(old.number, old.records, old.bytes));
    state.open = emptySegment(old.number + 1, appender);
    await old.appender?.close().catch(() => {});
    await at('roll:done');
  }

  return {
    isFull: (times = 1) => holds(state.open, context, times),
    prepare: () => {
      opened().catch(() => {}); // Tried again when it is needed.
    },
    roll: async () => {
      await at('roll:before');
      const appender = await opened();
      successor = null;
      await at('roll:opened');
      await follow(appender);
      const sealed = sealAll();
      if (state.full.length >= mostUnsealed) await sealed;
    },
    end: async () => {
      if (state.open.records.length === 0) return;
      // After a crash, lines of a failed write behind it would be read as its own.
      await readyToAppend(context, state.open);
      await at('roll:before');
      const prepared = await successor?.catch(() => null);
      successor = null;
      await follow(prepared ?? null);
    },
    close: async () => {
      const appender = await successor?.catch(() => null);
      if (!appender) return;
      successor = null;
      await appender.close();
      await folder.remove(journalFile(state.open.number + 1));
    },
  };
};

type Limits = Pick<Context<unknown>, 'segmentRecords' | 'segmentBytes'>;

const holds = <R>(open: OpenSegment<R>, { segmentRecords, segmentBytes }: Limits, times: number) =>
  open.records.length >= segmentRecords * times || open.bytes >= segmentBytes * times;
