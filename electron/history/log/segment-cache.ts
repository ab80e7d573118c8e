import { isDamage, setAside } from '../../storage/set-aside.ts';
import { readJournal } from './journals.ts';
import type { Context, LogState } from './log-state.ts';
import { eventsIn, indexFile, type Sequenced, segmentFileName } from './segments.ts';

const cachedSegments = 4;

/** The records of single segments, the last used ones from memory. */
export type SegmentCache<R> = {
  /** Rejects when they cannot be read. Those who ask for a segment that is being read share that read. */
  recordsOf(number: number): Promise<readonly R[]>;
  /** As `recordsOf`; a segment that cannot be read is reported and has none. */
  recordsOrNone(number: number): Promise<readonly R[]>;
  remember(number: number, records: readonly R[]): void;
  evict(number: number): void;
};

export const createSegmentCache = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
): SegmentCache<R> => {
  // The least recently used segment is first.
  const cache = new Map<number, readonly R[]>();
  const underway = new Map<number, Promise<readonly R[]>>();
  const reportOnce = once(context.report);

  function remember(number: number, records: readonly R[]): void {
    cache.delete(number);
    cache.set(number, records);
    for (const oldest of cache.keys()) {
      if (cache.size <= cachedSegments) break;
      cache.delete(oldest);
    }
  }

  async function read(number: number): Promise<readonly R[]> {
    const unsealed = await unsealedRecords(context, state, number);
    const records = unsealed ?? (await sealedRecords(context, number, reportOnce));
    remember(number, records);
    return records;
  }

  async function recordsOf(number: number): Promise<readonly R[]> {
    if (number === state.open.number) return state.open.records;
    const known = cache.get(number);
    if (known) {
      remember(number, known);
      return known;
    }
    const shared = underway.get(number);
    if (shared) return shared;
    const reading = read(number).finally(() => underway.delete(number));
    underway.set(number, reading);
    return reading;
  }

  return {
    recordsOf,
    recordsOrNone: async (number) => {
      try {
        return await recordsOf(number);
      } catch (error) {
        if (isDamage(error)) await markDamaged(context, state, number);
        else reportOnce(`${segmentFileName(number)} cannot be read`);
        return [];
      }
    },
    remember,
    evict: (number) => void cache.delete(number),
  };
};

const once = (report: (damage: string) => void) => {
  const reported = new Set<string>();
  return (damage: string): void => {
    if (reported.has(damage)) return;
    reported.add(damage);
    report(damage);
  };
};

/** Null when the segment is sealed, or was sealed while its journal was read. */
async function unsealedRecords<R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  number: number,
): Promise<readonly R[] | null> {
  const isUnsealed = () => state.full.some((info) => info.number === number);
  if (!isUnsealed()) return null;
  // What it lost was reported when it was opened.
  const { records } = await readJournal({ ...context, report: () => {} }, number);
  return isUnsealed() ? records : null;
}

async function sealedRecords<R>(
  { folder, parse }: Context<R>,
  number: number,
  report: (damage: string) => void,
): Promise<R[]> {
  const file = segmentFileName(number);
  const bytes = await folder.read(file);
  if (!bytes) throw new SyntaxError('There is no such file');
  const events = eventsIn(bytes);
  const records = events.flatMap((event) => parse(event) ?? []);
  const lost = events.length - records.length;
  if (lost > 0) report(`${lost} of ${events.length} entries in ${file} cannot be read`);
  return records;
}

/** A segment that fails its check is listed as damaged from then on (H14). It may have been removed or sealed meanwhile. */
async function markDamaged<R>(
  { folder, report }: Context<R>,
  state: LogState<R>,
  number: number,
): Promise<void> {
  const info = state.sealed.find((one) => one.number === number && !one.damaged);
  if (!info) return;
  const file = segmentFileName(number);
  report(`${file} is damaged${state.readOnly ? '' : ' and was set aside'}`);
  if (state.readOnly) return;
  state.sealed = state.sealed.map((one) => (one === info ? { ...info, damaged: true } : one));
  await setAside(folder, file);
  try {
    folder.store('index').write(indexFile(state.sealed));
  } catch {
    // The next start finds the file gone, and says so.
  }
}
