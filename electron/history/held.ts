import type { RejectionReason } from '../../shared/quarantine.ts';
import { senderKey } from '../addresses.ts';
import { firstToEvict, type Measure, type Shareholder } from './fair-share.ts';
import type { QuarantineRecord } from './record.ts';

/** At most so many rejected deliveries are held, and for so long. */
export const mostHeld = 500;
export const heldMs = 7 * 24 * 60 * 60 * 1000;
/** Less than the log may hold, so that compaction always frees something. */
const mostHeldBytes = 24 * 1024 * 1024;

export type Held = Shareholder & {
  /** Where its record stands in the log: its number, unless it was copied since. */
  readonly seq: number;
  readonly receivedAt: number;
  readonly reason: RejectionReason;
  readonly simulated: boolean;
};

export const heldOf = (record: QuarantineRecord, plausible: boolean): Held => ({
  number: record.number ?? record.seq,
  seq: record.seq,
  receivedAt: record.receivedAt,
  sourceId: record.sourceId,
  reason: record.reason,
  sender: record.senderAddress === null ? null : senderKey(record.senderAddress),
  plausible,
  bytes: Buffer.byteLength(JSON.stringify(record)),
  simulated: record.simulated ?? false,
});

/** The rejected deliveries that are held, by number: at most 500 and 24 MiB, evicted fairly (R13b). */
export type HeldDeliveries = {
  /** Adds one, or says where its record stands now, and evicts what is over the limits. */
  add(held: Held): void;
  /** Whether it would be evicted as soon as it was added. */
  hasNoPlaceFor(held: Held): boolean;
  drop(number: number): void;
  /** Drops those that are older than seven days. `now`: epoch ms. */
  expire(now: number): void;
  /** Oldest first. */
  list(): Held[];
};

export const createHeldDeliveries = (): HeldDeliveries => {
  const byNumber = new Map<number, Held>();
  let bytes = 0;

  const passed = (count: number, size: number): Measure | null => {
    if (count > mostHeld) return 'records';
    return size > mostHeldBytes ? 'bytes' : null;
  };

  const drop = (number: number): void => {
    const held = byNumber.get(number);
    if (held) bytes -= held.bytes;
    byNumber.delete(number);
  };

  return {
    add: (held: Held): void => {
      drop(held.number);
      byNumber.set(held.number, held);
      bytes += held.bytes;
      for (
        let measure = passed(byNumber.size, bytes);
        measure;
        measure = passed(byNumber.size, bytes)
      ) {
        const evicted = firstToEvict([...byNumber.values()], measure);
        if (!evicted) break;
        drop(evicted.number);
      }
    },
    hasNoPlaceFor: (held: Held): boolean => {
      const measure = passed(byNumber.size + 1, bytes + held.bytes);
      return measure !== null && firstToEvict([...byNumber.values(), held], measure) === held;
    },
    drop,
    expire: (now: number): void => {
      for (const { number, receivedAt } of byNumber.values())
        if (now - receivedAt >= heldMs) drop(number);
    },
    list: (): Held[] => [...byNumber.values()].sort((a, b) => a.number - b.number),
  };
};
