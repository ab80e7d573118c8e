import * as z from 'zod/mini';
import type { Delivery } from '../delivery.ts';
import type { Rejected } from '../verdict.ts';
import type { Folder } from './folder.ts';
import { openLog } from './log.ts';
import type { Tried } from './log-state.ts';
import { QuarantineRecord, storedBody } from './record.ts';
import { contains, countMissingAmong, notBelow, type Ranges, united, withRange } from './seen.ts';
import { openSmallStore, type Telling, tellFound } from './small-store.ts';

const Released = z.object({ released: z.array(z.tuple([z.int(), z.int()])) });
const keptBodyBytes = 256 * 1024;
const mostKept = 500;
const mostBytes = 32 * 1024 * 1024;
const keptMs = 7 * 24 * 60 * 60 * 1000;

/** `unread`: its body was not read to the end. `newestEntry`: its number in the history then. */
type Circumstances = { readonly unread: boolean; readonly newestEntry: number };

export type Quarantine = Awaited<ReturnType<typeof openQuarantine>>;

/** The rejected deliveries: newest 500, 7 days, 32 MiB in all, bodies cut at 256 KiB. */
export async function openQuarantine(
  folder: Folder,
  { report, tried, onNewer }: Telling & { readonly tried: Tried },
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

  /** When records came, as far as they were looked at in this run; epoch ms. */
  const times = new Map<number, number>();

  const isRecent = ({ seq, receivedAt }: QuarantineRecord, now: number) => {
    times.set(seq, receivedAt);
    return seq > log.lastSeq - mostKept && now - receivedAt < keptMs;
  };

  const forget = (now: number) =>
    log.dropOldest(
      (oldest, kept) =>
        oldest.lastSeq <= log.lastSeq - mostKept ||
        now - oldest.lastAt > keptMs ||
        kept.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes,
    );

  return {
    /** Keeps a rejected delivery as well as it can; a disk that refuses costs the copy, not the answer. */
    async keep(
      source: { readonly id: string; readonly provider: string },
      delivery: Delivery,
      { reason, answer, detail }: Rejected,
      { unread, newestEntry }: Circumstances,
    ): Promise<void> {
      if (readOnly) return;
      const { id, receivedAt, headers, body, senderAddress, peerAddress } = delivery;
      try {
        const kept = await log.append((seq) => ({
          ...{ seq, id, receivedAt, reason, sourceId: source.id, provider: source.provider },
          ...{ senderAddress, peerAddress },
          detail: detail ?? null,
          answered: answer,
          headers: headers.map(([name, value]): [string, string] => [name, value]),
          body: storedBody(body.subarray(0, keptBodyBytes)),
          cut: unread || body.byteLength > keptBodyBytes,
          newestEntry,
        }));
        times.set(kept.seq, receivedAt);
        await forget(receivedAt);
        tried('quarantine', null);
      } catch (error) {
        tried('quarantine', error);
      }
    },
    /** Newest first, at most `limit`, below `before`. */
    async page(before: number | null, limit: number, now: number): Promise<QuarantineRecord[]> {
      const found: QuarantineRecord[] = [];
      for await (const record of log.newestFirst(before)) {
        if (found.length === limit || !isRecent(record, now)) break;
        if (!contains(released, record.seq)) found.push(record);
      }
      return found;
    },
    async *oldestFirst(now: number) {
      for await (const record of log.oldestFirst(1))
        if (isRecent(record, now) && !contains(released, record.seq)) yield record;
    },
    canRelease,
    /** It was admitted after all and is in the history now; what cannot be written is written with the next. */
    release(seq: number): void {
      released = withRange(released, seq, seq);
      try {
        store.write({ released });
        tried('quarantine', null);
      } catch (error) {
        tried('quarantine', error);
      }
    },
    /** How many there are; of those nobody has looked at since the start the time is not known, they count. */
    count: (now: number): number => {
      const least = log.lastSeq - mostKept + 1;
      for (const seq of times.keys()) if (seq < least) times.delete(seq);
      const isOld = ([seq, at]: [number, number]) =>
        now - at >= keptMs && contains(log.numbers, seq) && !contains(released, seq);
      const old = [...times].filter(isOld).length;
      return countMissingAmong(released, notBelow(log.numbers, least)) - old;
    },
    close: () => log.close(),
  };
}
