import { rowKinds } from '../../shared/kinds.ts';
import {
  type FactsOf,
  folded,
  foundFact,
  idsNamed,
  isFailure,
  type Matcher,
  matcherOf,
  type Names,
  needleOf,
  needlesIn,
} from '../../shared/matching.ts';
import { type Place, placeOf } from '../../shared/place.ts';
import { kindsNamed, type Query, type QueryPart } from '../../shared/query.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import type { Folder } from './folder.ts';
import type { Kept } from './found.ts';
import type { Log } from './log.ts';
import { limitOf, newestFirst } from './order.ts';
import type { HistoryRecord } from './record.ts';
import { segmentName } from './segments.ts';

/** A question to the whole history. */
export type Search = {
  readonly matches: Matcher;
  /** The entry as it answers the question. */
  readonly answering: (entry: TimelineEntry, facts: FactsOf) => TimelineEntry;
  /** False for a sealed segment's file that holds nothing of what is looked for; null when that cannot be told. */
  readonly mayHold: ((file: Uint8Array) => boolean) | null;
  /** Epoch ms. */
  readonly now: () => number;
};

export type PagesOptions = {
  readonly folder: Pick<Folder, 'read'>;
  readonly log: Pick<Log<HistoryRecord>, 'segments' | 'firstSeq' | 'late' | 'get' | 'newestFirst'>;
  readonly keptOf: (record: HistoryRecord) => Kept;
};

const pageSize = 200;
/** How long a page is looked for before what was found so far is given. */
const patienceMs = 60;
/** As many as a segment holds: what main looks at in one go. */
const sliceRecords = 256;

/**
 * The timeline in pages. A page that is searched for may come back short, with where to go on: when it took too long, or when
 * a newer question came, which is the one that counts. The event loop runs after every segment.
 *
 * Why no index: for 100,000 events (208 MB) one by MiniSearch costs 207 MiB of memory, 5.5 s to build, 29 MB on disk and 2 s to
 * load, and finds no piece of a hash but its beginning. The scan keeps nothing, has nothing to repair and gives the newest
 * results at once; to have looked at everything takes 1 s for what is rare, 5 s where every segment has to be parsed.
 */
export const createPages = ({ folder, log, keptOf }: PagesOptions) => {
  let newestSearch = 0;

  return async (before: Place | null, search: Search | null = null): Promise<TimelinePage> => {
    if (search) newestSearch += 1;
    const mine = newestSearch;
    const startedAt = search?.now() ?? 0;
    const goesOn = () =>
      !search || (mine === newestSearch && search.now() - startedAt < patienceMs);
    const entries: TimelineEntry[] = [];
    let end: Place | null = before;
    let isMore = true;
    do {
      const { from, file } = sliceBelow(end);
      const inTime = !search?.mayHold || file === null || (await mayHold(file, search.mayHold));
      let looked = 0;
      let rest: Place | null = from === null ? null : { seq: from };
      let last: Place | null = null;
      for await (const record of newestFirst(log, { below: end, from, inTime })) {
        if (looked === sliceRecords) {
          rest = last;
          break;
        }
        looked += 1;
        last = placeOf(record);
        const { entry, facts } = keptOf(record);
        if (search && !search.matches(entry, facts)) continue;
        if (entries.length === pageSize) return { entries, before: placeOfLast(entries) };
        entries.push(search ? search.answering(entry, facts) : entry);
      }
      isMore = rest !== null;
      end = rest;
      // Deliveries come first.
      await new Promise(setImmediate);
    } while (isMore && entries.length < pageSize && goesOn());
    return { entries, before: isMore ? end : null };
  };

  /** What to look at next: a sealed segment, or what is newer than the newest of them. */
  function sliceBelow(end: Place | null): {
    readonly from: number | null;
    readonly file: string | null;
  } {
    const limit = limitOf(end) ?? Number.POSITIVE_INFINITY;
    const sealed = log.segments.findLast(({ damaged, firstSeq }) => !damaged && firstSeq < limit);
    if (!sealed) return { from: null, file: null };
    if (limit > sealed.lastSeq + 1) return { from: sealed.lastSeq + 1, file: null };
    const isOldest = sealed.firstSeq <= log.firstSeq;
    return {
      from: isOldest ? null : sealed.firstSeq,
      file: `${segmentName(sealed.number)}.json`,
    };
  }

  async function mayHold(file: string, mayBeIn: NonNullable<Search['mayHold']>): Promise<boolean> {
    // What cannot be read is for the log to report.
    const bytes = await folder.read(file).catch(() => null);
    return bytes === null || mayBeIn(bytes);
  }
};

const placeOfLast = (entries: readonly TimelineEntry[]): Place | null => {
  const last = entries.at(-1);
  return last ? placeOf(last) : null;
};

export const searchFor = (query: Query, names: Names, now: () => number): Search => ({
  matches: matcherOf(query, names),
  answering: (entry, facts) => {
    const found = foundFact(entry, facts, needlesIn(query), names);
    return found ? { ...entry, found } : entry;
  },
  mayHold: rawSearch(query, names),
  now,
});

/**
 * Asked of the file of a segment as it is. `text` has a character for every byte of it; the folded records are those with
 * other characters than ASCII's, null where they may be read otherwise than they are written.
 */
type Condition = (text: string, foldedRecords: () => readonly string[] | null) => boolean;

/**
 * A look at a segment's bytes that spares parsing it: what is rare is found five times as soon.
 * Says yes when in doubt. Rests on how records are written: JSON with its quotes escaped inside strings, `seq` first; and on
 * facts standing in the body as they are searched, but for what cleaning takes away.
 */
export function rawSearch(query: Query, names: Names): Search['mayHold'] {
  const conditions = [
    ...needlesIn(query).flatMap((needle) => textCondition(needle, names) ?? []),
    ...query.parts.flatMap((part) => timeCondition(part) ?? []),
    ...literalsOf(query, names).map(
      (literals): Condition =>
        (text) =>
          literals.some((literal) => text.includes(literal)),
    ),
  ];
  if (conditions.length === 0) return null;

  return (file) => {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    const text = bytes.toString('latin1');
    // A later version may read more out of these than they say.
    if (text.includes('"status":"unrecognized"')) return true;
    let known: string[] | null | undefined;
    const foldedRecords = () => {
      if (known === undefined) known = beyondAscii.test(text) ? foldedRecordsIn(text) : [];
      return known;
    };
    return conditions.every((fits) => fits(text, foldedRecords));
  };
}

const beyondAscii = /[\x80-\xff]/;
/** What cleaning takes away or makes a space, and folding does not. */
const cleanedOnly =
  /[\x80-\x9f\u115f\u1160\u1680\u2028\u2029\u2065\u2800\u3164\uffa0\ufff0-\ufff8\u{e0000}-\u{e0fff}]/u;
/** A body with escapes in its text, or none that is UTF-8; in the file its backslashes are doubled. */
const spelledOtherwise = /\\\\|\{"base64":|\x7f/;

function foldedRecordsIn(text: string): string[] | null {
  const records = text
    .split('{"seq":')
    .filter((record) => beyondAscii.test(record))
    .map((record) => Buffer.from(record, 'latin1').toString('utf8'));
  return records.some((record) => cleanedOnly.test(record))
    ? null
    : records.map((record) => folded(record).replace(/ +/g, ' '));
}

function textCondition(needle: string, names: Names): Condition | null {
  const isName = [...names.sources, ...names.providers].some(({ name }) =>
    folded(name).includes(needle),
  );
  // A name is nowhere in the file, quotes are escaped there, and an ellipsis may be ours.
  if (isName || /["\\]|\.\.\./.test(needle)) return null;
  const literal = needle.replace(/[.*+?^${}()|[\]]/g, '\\$&');
  const anyCase = new RegExp(literal.replaceAll(' ', ' +'), 'i');
  return (text, foldedRecords) =>
    anyCase.test(text) ||
    spelledOtherwise.test(text) ||
    (foldedRecords()?.some((record) => record.includes(needle)) ?? true);
}

/** One of these has to be in the file, for every filter that says so itself. */
function literalsOf({ parts }: Query, names: Names): string[][] {
  const anyOf = new Map<string, string[]>();
  for (const part of parts) {
    const literals = part.negated ? null : literalsOfPart(part, names);
    if (literals === null || !('key' in part)) continue;
    const group = part.what === 'names' ? part.key : `${part.key}:${part.value}`;
    anyOf.set(group, [...(anyOf.get(group) ?? []), ...literals]);
  }
  return [...anyOf.values()];
}

function literalsOfPart(part: QueryPart, names: Names): string[] | null {
  if (part.what === 'names') {
    switch (part.key) {
      case 'kind':
        return kindsNamed(part.value).map((kind) => field('kind', kind));
      case 'provider':
        return idFields('provider', part.value, names.providers);
      case 'source':
        return idFields('sourceId', part.value, names.sources);
      case 'account':
        return null;
    }
  }
  if (part.what !== 'state') return null;
  switch (part.value) {
    case 'failed':
      return rowKinds.filter(isFailure).map((kind) => field('kind', kind));
    case 'simulated':
      return ['"simulated":true'];
    case 'unrecognized':
      return [];
    case 'unread':
      return null;
  }
}

const field = (name: string, value: string): string =>
  Buffer.from(`${JSON.stringify(name)}:${JSON.stringify(value)}`, 'utf8').toString('latin1');

const idFields = (name: string, value: string, all: Names['sources']): string[] =>
  [...idsNamed(needleOf(value), all)].map((id) => field(name, id));

function timeCondition(part: QueryPart): Condition | null {
  if (part.what !== 'time') return null;
  const { key, at, negated } = part;
  const wantsBefore = (key === 'before') !== negated;
  return (text) =>
    [...text.matchAll(/"receivedAt":(\d+)/g)].some(([, found]) =>
      wantsBefore ? Number(found) < at : Number(found) >= at,
    );
}
