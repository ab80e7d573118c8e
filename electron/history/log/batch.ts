import { lineLength } from '../../storage/journal-codec.ts';

const mostBytes = 256 * 1024;

/** A caller that waits for its record to be durable. */
export type Waiter<R> = {
  /** Makes the record for a sequence number. May throw. */
  readonly make: (seq: number) => R;
  readonly resolve: (record: R) => void;
  readonly reject: (error: unknown) => void;
};

/** Records that are written and synced together (H2). */
export type Batch<R> = {
  readonly lines: { readonly record: R; readonly text: string; readonly waiter: Waiter<R> }[];
  /** Of all lines in the journal. */
  bytes: number;
};

/**
 * Takes the first of those who wait: at most `mostRecords`, and 256 KiB or one record. A record that cannot be made costs its own waiter
 * only.
 */
export const takeBatch = <R>(
  waiting: Waiter<R>[],
  nextSeq: number,
  mostRecords: number,
): Batch<R> => {
  const batch: Batch<R> = { lines: [], bytes: 0 };
  const { lines } = batch;
  while (lines.length < mostRecords) {
    const waiter = waiting[0];
    if (!waiter) break;
    try {
      const record = waiter.make(nextSeq + lines.length);
      const text = JSON.stringify(record);
      const bytes = batch.bytes + lineLength(text);
      if (lines.length > 0 && bytes > mostBytes) break;
      lines.push({ record, text, waiter });
      batch.bytes = bytes;
    } catch (error) {
      waiter.reject(error);
    }
    waiting.shift();
  }
  return batch;
};
