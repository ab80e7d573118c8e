import { othersDone } from '../turn.ts';
import type { Appender } from './folder.ts';
import { openJournal, readyToAppend } from './journals.ts';
import { encodeLines, lineLength } from './lines.ts';
import { type Context, emptySegment, type LogState, type Sequenced } from './log-state.ts';
import type { Reading } from './reading.ts';
import { describeSegment, journalFile } from './segments.ts';

const batchBytes = 256 * 1024;
/** How many times over its limit a segment may grow while its successor cannot be opened: sealing it blocks for that much longer (H4). */
const mostOverfull = 8;
/** So many full segments may wait to be sealed: in a flood their journals would grow in number, and the next start read them all. */
const mostUnsealed = 8;
/** The next journal is opened when so much of a segment is full: that takes as long as a sync, and nobody is to wait for it. */
const nearlyFull = 0.75;
/** A sync that takes this long is worth waiting this long for company. */
const slowSyncMs = 8;
const companyMs = 5;

type Waiting<R> = {
  readonly make: (seq: number) => R;
  readonly resolve: (record: R) => void;
  readonly reject: (error: unknown) => void;
};
type Batch<R> = {
  readonly lines: { readonly record: R; readonly text: string; readonly waiter: Waiting<R> }[];
  /** All of them together, in the journal. */
  bytes: number;
};

export type Writing<R> = ReturnType<typeof createWriting<R & Sequenced>>;

/** The one writer of journals: what waits is written together and synced once (H2); one write is in flight at a time. */
export const createWriting = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  reading: Reading<R>,
  /** Settles when what is full was sealed, or could not be. */
  sealAll: () => Promise<void>,
) => {
  const { folder, segmentRecords, segmentBytes, at, later } = context;
  const waiting: Waiting<R>[] = [];
  let writing: Promise<void> | null = null;
  let lastSync = { isSlow: false, records: 0 };
  let hasCompany = () => {};
  let successor: Promise<Appender> | null = null;

  function append(make: (seq: number) => R): Promise<R> {
    return new Promise((resolve, reject) => {
      waiting.push({ make, resolve, reject });
      if (waiting.length >= lastSync.records) hasCompany();
      writing ??= writeAll();
    });
  }

  async function writeAll(): Promise<void> {
    try {
      while (waiting.length > 0) {
        await gather();
        if (isFull(mostOverfull) && !(await makeRoom())) continue;
        await write(takeBatch());
        if (isFull(nearlyFull)) prepareSuccessor().catch(() => {}); // Tried again when it is needed.
        if (isFull() && !state.open.torn) await roll().catch(() => {}); // Tried again after the next batch.
      }
    } finally {
      // In the same turn as the last look at what waits: what is appended after it starts a writer of its own.
      writing = null;
    }
  }

  /**
   * All that is asked for by those who go on together (see `turn.ts`) shares one sync. Where a sync takes long, those who were
   * just answered are waited for: most send their next delivery at once, and would have to wait for this sync and for their own.
   */
  async function gather(): Promise<void> {
    await othersDone();
    if (!lastSync.isSlow || waiting.length >= lastSync.records) return;
    await new Promise<void>((resolve) => {
      const callOff = later(companyMs, resolve);
      hasCompany = () => {
        callOff();
        resolve();
      };
    });
    hasCompany = () => {};
  }

  /** Whether the overfull segment was left behind; if not, whoever waits is refused with the system's error, and may come again. */
  async function makeRoom(): Promise<boolean> {
    try {
      await readyToAppend(context, state.open);
      await roll();
      return true;
    } catch (error) {
      for (const { reject } of waiting.splice(0)) reject(error);
      return false;
    }
  }

  /** At most 256 KiB, or one record. A record that cannot be made costs its own waiter only. */
  function takeBatch(): Batch<R> {
    const batch: Batch<R> = { lines: [], bytes: 0 };
    const { lines } = batch;
    // A full segment whose successor cannot be opened goes on taking what comes, up to a point.
    const room = segmentRecords - state.open.records.length;
    while (lines.length < (room > 0 ? room : segmentRecords)) {
      const waiter = waiting[0];
      if (!waiter) break;
      try {
        const record = waiter.make(state.nextSeq + lines.length);
        const text = JSON.stringify(record);
        const bytes = batch.bytes + lineLength(text);
        if (lines.length > 0 && bytes > batchBytes) break;
        lines.push({ record, text, waiter });
        batch.bytes = bytes;
      } catch (error) {
        waiter.reject(error);
      }
      waiting.shift();
    }
    return batch;
  }

  async function write({ lines, bytes: length }: Batch<R>): Promise<void> {
    if (lines.length === 0) return;
    const { open } = state;
    try {
      const texts = lines.map(({ text }) => text);
      const bytes = encodeLines(texts, length);
      const appender = await readyToAppend(context, open);
      await at('write:before');
      await sync(appender, bytes, lines.length);
      await at('write:after');
      open.bytes += bytes.byteLength;
    } catch (error) {
      // Whatever it was, a bug too: nobody is left waiting, and no line stays that was not answered for (A4).
      await takeBack();
      for (const { waiter } of lines) waiter.reject(error);
      return;
    }
    state.nextSeq += lines.length;
    for (const { record, waiter } of lines) {
      open.records.push(record);
      waiter.resolve(record);
    }
  }

  async function sync(appender: Appender, bytes: Uint8Array, records: number): Promise<void> {
    let isSlow = false;
    const callOff = later(slowSyncMs, () => {
      isSlow = true;
    });
    await appender.append(bytes).finally(callOff);
    lastSync = { isSlow, records };
  }

  /** Cuts off what a failed write left. While the disk refuses even that, nothing more is written. */
  async function takeBack(): Promise<void> {
    await at('write:refused');
    state.open.torn = true;
    try {
      await readyToAppend(context, state.open);
    } catch {
      return;
    }
    await at('write:cut');
  }

  const isFull = (times = 1) =>
    state.open.records.length >= segmentRecords * times || state.open.bytes >= segmentBytes * times;

  function prepareSuccessor(): Promise<Appender> {
    successor ??= openJournal(context, state.open.number + 1).catch((error) => {
      successor = null;
      throw error;
    });
    return successor;
  }

  /** Rejects with the system's error, leaving everything as it was, when the next journal cannot be opened. */
  async function roll(): Promise<void> {
    await at('roll:before');
    const old = state.open;
    const number = old.number + 1;
    const appender = await prepareSuccessor();
    successor = null;
    await at('roll:opened');
    const info = describeSegment(old.number, old.records, old.bytes);
    reading.remember(old.number, old.records);
    state.full.push({ info, salvaged: null, mayHaveMore: false });
    state.open = emptySegment(number, appender);
    await old.appender?.close().catch(() => {});
    await at('roll:done');
    const sealed = sealAll();
    if (state.full.length >= mostUnsealed) await sealed;
  }

  return {
    append,
    /** Settles when nothing waits any more. */
    idle: async () => {
      while (writing) await writing;
    },
    /** Lets go of a journal that was opened for what did not come. After `idle`. */
    close: async () => {
      const appender = await successor?.catch(() => null);
      if (!appender) return;
      successor = null;
      await appender.close();
      await folder.remove(journalFile(state.open.number + 1));
    },
  };
};
