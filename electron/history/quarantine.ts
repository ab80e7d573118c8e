import * as z from 'zod/mini';
import type { Delivery } from '../delivery.ts';
import type { Rejected } from '../verdict.ts';
import { inTurn } from '../work-turns.ts';
import type { Folder } from './folder.ts';
import { createHeldDeliveries, type Held, heldMs, heldOf, mostHeld } from './held.ts';
import { type Log, openLog } from './log.ts';
import type { Tried } from './log-state.ts';
import { bytesOf, QuarantineRecord, storedBody } from './record.ts';
import { contains, countMissingAmong, type Ranges, united, withRange } from './seen.ts';
import { openSmallStore, type Telling, tellFound } from './small-store.ts';
import { createWriteBudget } from './write-budget.ts';

const Released = z.object({ released: z.array(z.tuple([z.int(), z.int()])) });
const keptBodyBytes = 256 * 1024;
/** What the log may take up. Evicted records stay in it until their segment goes. */
const mostLogRecords = 2 * mostHeld;
const mostLogBytes = 32 * 1024 * 1024;

/** `unread`: its body was not read to the end. `newestEntry`: its number in the history then. */
type Circumstances = { readonly unread: boolean; readonly newestEntry: number };

type SentTo = { readonly id: string; readonly provider: string };

export type QuarantineOptions = Telling & {
  readonly tried: Tried;
  /** Whether a delivery looks like one of its provider, whatever its proof is worth. */
  readonly looksGenuine: (record: QuarantineRecord) => boolean;
};

export type Quarantine = Awaited<ReturnType<typeof openQuarantine>>;

/** The rejected deliveries: 500, 7 days, 32 MiB in all, bodies cut at 256 KiB; the newest, as long as each sender keeps to its share. */
export async function openQuarantine(
  folder: Folder,
  { report, tried, onNewer, looksGenuine }: QuarantineOptions,
) {
  const log = await openLog<QuarantineRecord>({
    folder,
    parse: (value) => QuarantineRecord.safeParse(value).data ?? null,
    segmentRecords: 50,
    segmentBytes: 1024 * 1024,
    report,
    tried: (_what, error) => tried('quarantine', error),
  });

  const { readOnly } = log;
  if (readOnly) onNewer();
  const store = openSmallStore<{ released: Ranges }>({
    ...{ folder, name: 'released', readOnly, parse: (value) => Released.parse(value) },
  });
  const found = store.read();
  tellFound(found, 'released.json was damaged: what was admitted is listed as rejected again', {
    ...{ report, onNewer },
  });
  let released: Ranges = ('value' in found ? found.value : null)?.released ?? [];

  /** Whether it can be kept in mind what is admitted: if not, it would be admitted again at the next start. */
  function canRelease(): boolean {
    released = united(released, store.lookAgain()?.released ?? []);
    try {
      store.demandWritable();
      return true;
    } catch {
      return false;
    }
  }

  const held = createHeldDeliveries();
  const budgets = { known: createWriteBudget(), unknown: createWriteBudget() };
  const compact = createCompaction(log, held.list, (record) => held.add(describe(record)));
  let loading: Promise<void> | null = null;
  let isLoaded = false;
  let onlyCounted = 0;

  function describe(record: QuarantineRecord): Held {
    return heldOf(record, !record.cut && looksGenuine(record));
  }

  async function load(): Promise<void> {
    for await (const record of log.oldestFirst(1))
      if (!contains(released, record.number ?? record.seq)) held.add(describe(record));
    isLoaded = true;
  }

  /** Settles when all that is in the log is known. Idempotent. */
  const loaded = (): Promise<void> => {
    loading ??= load();
    return loading;
  };

  async function listed(now: number): Promise<Held[]> {
    await loaded();
    return held
      .list()
      .filter(({ number, receivedAt }) => now - receivedAt < heldMs && !contains(released, number));
  }

  /** The records of what is held, as far as they can be read. */
  async function* recordsOf(some: readonly Held[]): AsyncGenerator<QuarantineRecord> {
    for (const { number, seq } of some) {
      const record = await log.get(seq);
      if (record) yield { ...record, seq: number };
    }
  }

  /** Its number; null where it is only to be counted: it has no share left, or too much was written within a minute. */
  async function write(record: QuarantineRecord): Promise<number | null> {
    await loaded();
    const { sourceId, body } = record;
    const size = bytesOf(body).byteLength;
    const described = await inTurn(sourceId, size, () => describe(record));
    held.expire(record.receivedAt);
    if (held.hasNoPlaceFor({ ...described, number: log.lastSeq + 1 })) return null;
    const budget = described.sender === null ? budgets.unknown : budgets.known;
    if (!budget.spend(described, record.receivedAt)) return null;
    const kept = await log.append((seq) => ({ ...record, seq }));
    held.add({ ...described, number: kept.seq, seq: kept.seq });
    await compact();
    return kept.seq;
  }

  return {
    /**
     * Keeps a rejected delivery as well as it can; a disk that refuses costs the copy, not the answer. Settles with its number,
     * null where it is not kept.
     */
    async keep(
      source: SentTo,
      delivery: Delivery,
      verdict: Rejected,
      circumstances: Circumstances,
    ): Promise<number | null> {
      let number: number | null = null;
      try {
        if (!readOnly) {
          number = await write(recordOf(source, delivery, verdict, circumstances));
          tried('quarantine', null);
        }
      } catch (error) {
        tried('quarantine', error);
      }
      if (number === null) onlyCounted += 1;
      return number;
    },
    /** How many rejected deliveries were not kept since the start. */
    get onlyCounted() {
      return onlyCounted;
    },
    /** How many of those `count` counts are tests of our own. */
    get tests() {
      return held.list().filter(({ simulated }) => simulated).length;
    },
    loaded,
    /** Newest first, at most `limit`, below `before`. */
    async page(before: number | null, limit: number, now: number): Promise<QuarantineRecord[]> {
      const below = (await listed(now)).filter(({ number }) => before === null || number < before);
      const page: QuarantineRecord[] = [];
      for await (const record of recordsOf(below.reverse())) {
        page.push(record);
        if (page.length === limit) break;
      }
      return page;
    },
    async *oldestFirst(now: number) {
      yield* recordsOf(await listed(now));
    },
    /** The held deliveries with a higher number than this, oldest first. To be called after `loaded`. */
    heldSince: (number: number): Held[] => held.list().filter((one) => one.number > number),
    canRelease,
    /** It was admitted after all and is in the history now; what cannot be written is written with the next. */
    release(number: number): void {
      released = withRange(released, number, number);
      held.drop(number);
      try {
        store.write({ released });
        tried('quarantine', null);
      } catch (error) {
        tried('quarantine', error);
      }
    },
    get lastSeq() {
      return log.lastSeq;
    },
    /** How many there are; before all is known, as many as there can be. */
    count: (now: number): number => {
      if (!isLoaded) return Math.min(countMissingAmong(released, log.numbers), mostHeld);
      held.expire(now);
      return held.list().filter(({ number }) => !contains(released, number)).length;
    },
    close: () => log.close(),
  };
}

const recordOf = (
  source: SentTo,
  { id, receivedAt, headers, body, senderAddress, peerAddress, simulated }: Delivery,
  { reason, answer, detail }: Rejected,
  { unread, newestEntry }: Circumstances,
): QuarantineRecord => ({
  ...{ seq: 0, id, receivedAt, reason, sourceId: source.id, provider: source.provider },
  ...{ senderAddress, peerAddress },
  detail: detail ?? null,
  answered: answer,
  headers: headers.map(([name, value]): [string, string] => [name, value]),
  body: storedBody(body.subarray(0, keptBodyBytes)),
  cut: unread || body.byteLength > keptBodyBytes,
  newestEntry,
  ...(simulated ? { simulated } : {}),
});

/**
 * Drops the oldest segments of which nothing is held, and while the log is over its limits also those of which something is:
 * that is copied to the end first, so that a crash in between leaves it twice and never not at all.
 */
const createCompaction = (
  log: Log<QuarantineRecord>,
  list: () => Held[],
  onCopied: (record: QuarantineRecord) => void,
) => {
  const isOverfull = (): boolean => {
    const segments = [...log.segments, ...log.unsealed];
    const records = segments.reduce((sum, { count }) => sum + count, 0);
    return (
      records > mostLogRecords || segments.reduce((sum, { bytes }) => sum + bytes, 0) > mostLogBytes
    );
  };

  async function compact(): Promise<void> {
    for (let oldest = log.segments[0]; oldest; oldest = log.segments[0]) {
      const { number, lastSeq } = oldest;
      const staying = list().filter(({ seq }) => seq <= lastSeq);
      if (staying.length > 0 && !isOverfull()) return;
      for (const { seq, number: first } of staying) {
        const record = await log.get(seq);
        if (record) onCopied(await log.append((at) => ({ ...record, seq: at, number: first })));
      }
      await log.dropOldest((one) => one.number === number);
      if (log.segments[0]?.number === number) return;
    }
  }

  let underway: Promise<void> | null = null;
  return (): Promise<void> => {
    underway ??= compact().finally(() => {
      underway = null;
    });
    return underway;
  };
};
