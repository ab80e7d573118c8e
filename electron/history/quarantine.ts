import type { Delivery } from '../delivery.ts';
import { fairQueue } from '../fair-queue.ts';
import type { Folder } from '../storage/folder.ts';
import type { OnWriteResult } from '../storage/write-result.ts';
import type { Rejected } from '../verdict.ts';
import { createCompaction } from './compaction.ts';
import {
  createHeldDeliveries,
  type Held,
  type HeldDeliveries,
  heldMs,
  heldOf,
  mostHeld,
} from './held.ts';
import { type Log, openLog } from './log/log.ts';
import { countMissingAmong } from './log/ranges.ts';
import { bodyBytes, QuarantineRecord, storedBody } from './record.ts';
import { openReleased, type Released } from './released.ts';
import { createWriteBudget } from './write-budget.ts';

const mostBodyBytes = 256 * 1024;

/** `unread`: its body was not read to the end. `newestEntry`: the number of the newest entry of the history then. */
type Circumstances = { readonly unread: boolean; readonly newestEntry: number };

/** The source that a delivery was sent to. */
type SourceRef = { readonly id: string; readonly provider: string };

export type QuarantineOptions = {
  readonly report: (trouble: string) => void;
  readonly onWriteResult: OnWriteResult;
  /** Whether a delivery looks like one of its provider, whatever its proof is worth. */
  readonly looksGenuine: (record: QuarantineRecord) => boolean;
};

/**
 * The rejected deliveries: at most 500, for 7 days, 32 MiB in all, bodies cut at 256 KiB. A new one is held if its sender is within its
 * share. Times are epoch ms.
 */
export type Quarantine = {
  /**
   * Holds a rejected delivery. Never rejects: a disk that refuses costs the copy, not the answer. Resolves with its number; null where it
   * is counted, not stored.
   */
  keep(
    source: SourceRef,
    delivery: Delivery,
    verdict: Rejected,
    circumstances: Circumstances,
  ): Promise<number | null>;
  /** How many rejected deliveries were counted, not stored, since the start. */
  readonly onlyCounted: number;
  /** How many held deliveries are simulated. Unlike `count`, it neither drops expired ones first nor leaves out released ones. */
  readonly tests: number;
  /** Settles when everything in the log is known. Idempotent. */
  loaded(): Promise<void>;
  /** Newest first, at most `limit`, numbers below `before`. The `seq` of a record is its number here. */
  page(before: number | null, limit: number, now: number): Promise<QuarantineRecord[]>;
  /** As in `page`, the `seq` of a record is its number. */
  oldestFirst(now: number): AsyncGenerator<QuarantineRecord>;
  /** The held deliveries with a higher number than this, oldest first. Only after `loaded`. */
  heldSince(number: number): Held[];
  canRelease(): boolean;
  /** The delivery was admitted after all and is in the history now. Never throws. */
  release(number: number): void;
  readonly lastSeq: number;
  /** How many are held; before `loaded`, as many as there can be. */
  count(now: number): number;
  close(): Promise<void>;
};

export async function openQuarantine(
  folder: Folder,
  { report, onWriteResult, looksGenuine }: QuarantineOptions,
): Promise<Quarantine> {
  const log = await openLog<QuarantineRecord>({
    folder,
    parse: (value) => QuarantineRecord.safeParse(value).data ?? null,
    segmentRecords: 50,
    segmentBytes: 1024 * 1024,
    report,
    onWriteResult: (_what, error) => onWriteResult('quarantine', error),
  });
  const released = openReleased(folder, report);
  const held = createHeldDeliveries();
  const holding = createHolding(log, held, released, looksGenuine);
  let onlyCounted = 0;

  return {
    keep: async (source, delivery, verdict, circumstances) => {
      let number: number | null = null;
      try {
        if (!log.readOnly) {
          number = await holding.add(recordOf(source, delivery, verdict, circumstances));
          onWriteResult('quarantine', null);
        }
      } catch (error) {
        onWriteResult('quarantine', error);
      }
      if (number === null) onlyCounted += 1;
      return number;
    },
    get onlyCounted() {
      return onlyCounted;
    },
    get tests() {
      return held.list().filter(({ simulated }) => simulated).length;
    },
    loaded: holding.loaded,
    page: async (before, limit, now) => pageOf(log, await holding.listed(now), before, limit),
    oldestFirst: async function* (now) {
      yield* recordsOf(log, await holding.listed(now));
    },
    heldSince: (number) => held.list().filter((one) => one.number > number),
    canRelease: released.canAdd,
    release: (number) => {
      held.drop(number);
      try {
        released.add(number);
        onWriteResult('quarantine', null);
      } catch (error) {
        onWriteResult('quarantine', error);
      }
    },
    get lastSeq() {
      return log.lastSeq;
    },
    count: holding.count,
    close: log.close,
  };
}

const createHolding = (
  log: Log<QuarantineRecord>,
  held: HeldDeliveries,
  released: Released,
  looksGenuine: QuarantineOptions['looksGenuine'],
) => {
  const describe = (record: QuarantineRecord) =>
    heldOf(record, !record.cut && looksGenuine(record));
  const budgets = { known: createWriteBudget(), unknown: createWriteBudget() };
  const compact = createCompaction(log, held.list, (record) => held.add(describe(record)));
  let loading: Promise<void> | null = null;
  let isLoaded = false;

  async function load(): Promise<void> {
    for await (const record of log.oldestFirst(1))
      if (!released.has(record.number ?? record.seq)) held.add(describe(record));
    isLoaded = true;
  }

  const loaded = (): Promise<void> => {
    loading ??= load();
    return loading;
  };

  return {
    loaded,
    listed: async (now: number): Promise<Held[]> => {
      await loaded();
      const isListed = ({ number, receivedAt }: Held) =>
        now - receivedAt < heldMs && !released.has(number);
      return held.list().filter(isListed);
    },
    /** Resolves with its number; null where its sender has no share left, or too much was written within a minute. */
    add: async (record: QuarantineRecord): Promise<number | null> => {
      await loaded();
      const { sourceId, body } = record;
      const size = bodyBytes(body).byteLength;
      const described = await fairQueue(sourceId, size, () => describe(record));
      held.expire(record.receivedAt);
      if (held.hasNoPlaceFor({ ...described, number: log.lastSeq + 1 })) return null;
      const budget = described.sender === null ? budgets.unknown : budgets.known;
      if (!budget.spend(described, record.receivedAt)) return null;
      const { seq } = await log.append((at) => ({ ...record, seq: at }));
      held.add({ ...described, number: seq, seq });
      await compact();
      return seq;
    },
    count: (now: number): number => {
      if (!isLoaded) return Math.min(countMissingAmong(released.ranges(), log.numbers), mostHeld);
      held.expire(now);
      return held.list().filter(({ number }) => !released.has(number)).length;
    },
  };
};

/** The newest of these below a number, at most `limit`. */
async function pageOf(
  log: Pick<Log<QuarantineRecord>, 'get'>,
  held: readonly Held[],
  before: number | null,
  limit: number,
): Promise<QuarantineRecord[]> {
  const below = held.filter(({ number }) => before === null || number < before);
  const page: QuarantineRecord[] = [];
  for await (const record of recordsOf(log, below.reverse())) {
    page.push(record);
    if (page.length === limit) break;
  }
  return page;
}

/** With their number as `seq`: callers know a record by its number, and compaction copies it to another `seq` of the log. */
async function* recordsOf(
  log: Pick<Log<QuarantineRecord>, 'get'>,
  some: readonly Held[],
): AsyncGenerator<QuarantineRecord> {
  for (const { number, seq } of some) {
    const record = await log.get(seq);
    if (record) yield { ...record, seq: number };
  }
}

const recordOf = (
  source: SourceRef,
  { id, receivedAt, headers, body, senderAddress, peerAddress, simulated }: Delivery,
  { reason, answer, detail }: Rejected,
  { unread, newestEntry }: Circumstances,
): QuarantineRecord => ({
  seq: 0,
  id,
  receivedAt,
  reason,
  sourceId: source.id,
  provider: source.provider,
  senderAddress,
  peerAddress,
  detail: detail ?? null,
  answered: answer,
  headers: headers.map(([name, value]): [string, string] => [name, value]),
  body: storedBody(body.subarray(0, mostBodyBytes)),
  cut: unread || body.byteLength > mostBodyBytes,
  newestEntry,
  ...(simulated ? { simulated } : {}),
});
