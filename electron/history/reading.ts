import { type Place, placeOf } from '../../shared/place.ts';
import { readJournal } from './journals.ts';
import type { Context, LogState, Sequenced } from './log-state.ts';
import { joined, type Ranges } from './seen.ts';
import {
  indexFile,
  inOrder,
  numbersIn,
  type SegmentInfo,
  segmentFileName,
  segmentIn,
} from './segments.ts';
import { isDamage, setAside } from './set-aside.ts';

const cachedSegments = 4;

export type Reading<R> = ReturnType<typeof createReading<R & Sequenced>>;

/** Gives back what a log holds, a segment at a time, with a small cache. What cannot be read is reported, never thrown. */
export const createReading = <R extends Sequenced>(context: Context<R>, state: LogState<R>) => {
  const { folder, parse, report } = context;
  const cache = new Map<number, readonly R[]>();
  const underway = new Map<number, Promise<readonly R[]>>();
  const told = new Set<string>();

  const tellOnce = (damage: string) => {
    if (told.has(damage)) return;
    told.add(damage);
    report(damage);
  };

  function remember(number: number, records: readonly R[]): void {
    cache.delete(number);
    cache.set(number, records);
    for (const oldest of cache.keys()) {
      if (cache.size <= cachedSegments) break;
      cache.delete(oldest);
    }
  }

  /** Rejects when they cannot be read. Whoever asks for a segment that is being read waits for that. */
  async function recordsOf(number: number): Promise<readonly R[]> {
    if (number === state.open.number) return state.open.records;
    const known = cache.get(number) ?? underway.get(number);
    if (known) return known;
    const reading = recordsRead(number).finally(() => underway.delete(number));
    underway.set(number, reading);
    return reading;
  }

  async function recordsRead(number: number): Promise<readonly R[]> {
    const records = (await unsealed(number)) ?? (await sealed(number));
    remember(number, records);
    return records;
  }

  const fullSegment = (number: number) => state.full.find(({ info }) => info.number === number);

  /** Null when its journal is not the truth, or stopped being it while it was read. */
  async function unsealed(number: number): Promise<readonly R[] | null> {
    const full = fullSegment(number);
    if (!full || full.salvaged) return full?.salvaged ?? null;
    // What it lost was said when it was opened.
    const { records } = await readJournal({ ...context, report: () => {} }, number);
    return fullSegment(number) ? records : null;
  }

  async function sealed(number: number): Promise<R[]> {
    const file = segmentFileName(number);
    const bytes = await folder.read(file);
    if (!bytes) throw new SyntaxError('There is no such file');
    const { events } = segmentIn(bytes);
    const records = events.flatMap((event) => parse(event) ?? []);
    const lost = events.length - records.length;
    if (lost > 0) tellOnce(`${lost} of ${events.length} entries in ${file} cannot be read`);
    return records;
  }

  async function recordsOrNone(number: number): Promise<readonly R[]> {
    try {
      return await recordsOf(number);
    } catch (error) {
      if (isDamage(error)) await condemn(number);
      else tellOnce(`${segmentFileName(number)} cannot be read`);
      return [];
    }
  }

  /** A segment that fails its check is listed as damaged from then on (H14). It may have been forgotten or sealed meanwhile. */
  async function condemn(number: number): Promise<void> {
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

  /** Every readable segment, oldest first. */
  const readable = () =>
    [
      ...state.sealed.filter(({ damaged }) => !damaged),
      ...state.full.map(({ info }) => info),
      {
        number: state.open.number,
        firstSeq: state.open.records[0]?.seq ?? state.nextSeq,
        lastSeq: state.nextSeq - 1,
      },
    ].sort((a, b) => a.number - b.number);

  /** The numbers of all records that can be read, as far as is known without reading them. */
  function numbers(): Ranges {
    const { sealed, full, open } = state;
    const [first, last] = [open.records[0], open.records.at(-1)];
    return joined([
      ...inOrder([
        ...sealed.filter(({ damaged }) => !damaged),
        ...full.map(({ info }) => info),
      ]).flatMap(numbersIn),
      ...(first && last ? [[first.seq, last.seq] as const] : []),
    ]);
  }

  /** Asked for with every page, and most histories have none: nothing is made of the segments that hold none. */
  function late(): Place[] {
    const places: Place[] = [];
    const inSegment = (segment: SegmentInfo) => {
      for (const [seq, cameAfter] of segment.late ?? []) places.push({ seq, cameAfter });
    };
    for (const segment of state.sealed) if (!segment.damaged) inSegment(segment);
    for (const { info } of state.full) inSegment(info);
    for (const record of state.open.records)
      if (record.cameAfter !== undefined) places.push(placeOf(record));
    return places;
  }

  async function* newestFirst(
    before: number | null,
    from: number | null = null,
  ): AsyncGenerator<R> {
    const end = before ?? Number.POSITIVE_INFINITY;
    const start = from ?? 1;
    for (const { number } of readable()
      .filter(({ firstSeq, lastSeq }) => firstSeq < end && lastSeq >= start)
      .reverse()) {
      const records = await recordsOrNone(number);
      for (let at = records.length - 1; at >= 0; at -= 1) {
        const record = records[at];
        if (record && record.seq < end && record.seq >= start) yield record;
      }
    }
  }

  async function* oldestFirst(from: number): AsyncGenerator<R> {
    for (const { number } of readable().filter(({ lastSeq }) => lastSeq >= from)) {
      for (const record of [...(await recordsOrNone(number))]) {
        if (record.seq >= from) yield record;
      }
    }
  }

  async function get(seq: number): Promise<R | null> {
    // Most that is asked for has just come; a long history is not to be gone through for it.
    const { records } = state.open;
    const [first] = records;
    if (first && seq >= first.seq) return records.find((record) => record.seq === seq) ?? null;
    const home = readable().find(({ firstSeq, lastSeq }) => firstSeq <= seq && seq <= lastSeq);
    if (!home) return null;
    return (await recordsOrNone(home.number)).find((record) => record.seq === seq) ?? null;
  }

  return {
    recordsOf,
    remember,
    forget: (number: number) => void cache.delete(number),
    readable,
    numbers,
    late,
    newestFirst,
    oldestFirst,
    get,
  };
};
