import { rowKinds } from '../../shared/kinds.ts';
import type { MarkName } from '../../shared/marking.ts';
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
import { byPlace, isBelow, type Place, placeOf } from '../../shared/place.ts';
import { kindsNamed, type Query, type QueryPart } from '../../shared/query.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import type { Folder } from '../storage/folder.ts';
import type { GivenMarks } from './given-marks.ts';
import type { Log } from './log/log.ts';
import { limitOf, newestFirst } from './order.ts';
import type { HistoryRecord, StoredEntry } from './record.ts';
import { mayHold, sliceBelow } from './slices.ts';

export type Search = {
  readonly matches: Matcher;
  /** The entry with the fact that was found. */
  readonly answering: (entry: TimelineEntry, facts: FactsOf) => TimelineEntry;
  /** False for a sealed segment's file that holds nothing of what is looked for; null when that cannot be told. */
  readonly mayHold: ((file: Uint8Array) => boolean) | null;
  /** Nothing that is looked for has a sequence number outside of these; null where that is not known. */
  readonly within: readonly [least: number, most: number] | null;
  /** Every entry that is found has these marks, or has them not. */
  readonly marked: readonly { readonly mark: MarkName; readonly on: boolean }[];
  /** It neither gives up after a moment nor cancels another search. */
  readonly isBackground: boolean;
  /** Epoch ms. */
  readonly now: () => number;
};

export type PagesOptions = {
  readonly folder: Pick<Folder, 'read'>;
  readonly log: Pick<
    Log<HistoryRecord>,
    'lastSeq' | 'segments' | 'firstSeq' | 'late' | 'get' | 'newestFirst'
  >;
  readonly stored: (record: HistoryRecord) => StoredEntry;
  readonly marks: Pick<GivenMarks, 'isAny'>;
};

const pageSize = 200;
/** After so long a page returns what was found so far. */
const patienceMs = 60;
/** As many as a segment holds. The event loop runs after each slice. */
const sliceRecords = 256;

/**
 * The timeline in pages. A page of a search may be short, with a place to go on from: it took too long, or a newer search replaced it. The
 * event loop runs after every segment.
 *
 * There is no index: for 100,000 events (208 MB) MiniSearch takes 207 MiB of memory, 5.5 s to build and 2 s to load, and finds only the
 * beginning of a hash. The scan has nothing to repair and gives the newest results at once; a whole scan takes 1 to 5 s.
 */
export const createPages = ({ folder, log, stored, marks }: PagesOptions) => {
  let newestSearch = 0;

  const mayHoldAny = async (
    search: Search | null,
    end: Place | null,
    from: number | null,
    file: string | null,
  ): Promise<boolean> => {
    const [least, most] = [from ?? log.firstSeq, (limitOf(end) ?? log.lastSeq + 1) - 1];
    if (search?.marked.some(({ mark, on }) => !marks.isAny(mark, on, least, most))) return false;
    return !search?.mayHold || file === null || (await mayHold(folder, file, search.mayHold));
  };

  return async (before: Place | null, search: Search | null = null): Promise<TimelinePage> => {
    if (search && !search.isBackground) newestSearch += 1;
    const mine = newestSearch;
    const startedAt = search?.now() ?? 0;
    const goesOn = () =>
      !search ||
      search.isBackground ||
      (mine === newestSearch && search.now() - startedAt < patienceMs);
    const entries: TimelineEntry[] = [];
    const bounds = search?.within ? boundsOf(log, search.within) : null;
    let end: Place | null = bounds === null ? before : lower(before, bounds.below);
    let isMore = true;
    do {
      const { from, file } = sliceBelow(log, limitOf(end));
      const inTime = await mayHoldAny(search, end, from, file);
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
        const { entry, facts } = stored(record);
        if (search && !search.matches(entry, facts)) continue;
        if (entries.length === pageSize) return { entries, before: placeOfLast(entries) };
        entries.push(search ? search.answering(entry, facts) : entry);
      }
      isMore = rest !== null && (bounds === null || isBelow(bounds.from, rest));
      end = rest;
      // Deliveries come first.
      await new Promise(setImmediate);
    } while (isMore && entries.length < pageSize && goesOn());
    return { entries, before: isMore ? end : null };
  };
};

/**
 * Where a search for some sequence numbers begins and ends. An entry that was admitted later stands among smaller numbers.
 */
const boundsOf = (
  { late }: Pick<PagesOptions['log'], 'late'>,
  [least, most]: readonly [number, number],
): { readonly below: Place; readonly from: Place } => {
  const places = late.filter(({ seq }) => seq >= least && seq <= most).map(placeOf);
  const [oldest = { seq: least }] = [...places, { seq: least }].sort(byPlace);
  return { below: { seq: most + 1 }, from: oldest };
};

const lower = (one: Place | null, other: Place): Place =>
  one !== null && isBelow(one, other) ? one : other;

const placeOfLast = (entries: readonly TimelineEntry[]): Place | null => {
  const last = entries.at(-1);
  return last ? placeOf(last) : null;
};

export const searchFor = (
  query: Query,
  names: Names,
  now: () => number,
  isBackground = false,
): Search => ({
  matches: matcherOf(query, names),
  answering: (entry, facts) => {
    const found = foundFact(entry, facts, needlesIn(query), names);
    return found ? { ...entry, found } : entry;
  },
  mayHold: rawSearch(query, names),
  within: boundsIn(query),
  marked: marksIn(query),
  isBackground,
  now,
});

const marksIn = ({ parts }: Query): Search['marked'] =>
  parts.flatMap((part): Search['marked'] => {
    if (part.what !== 'state') return [];
    if (part.value === 'unread') return [{ mark: 'seen', on: part.negated }];
    return part.value === 'archived' || part.value === 'pinned'
      ? [{ mark: part.value, on: !part.negated }]
      : [];
  });

const boundsIn = ({ parts }: Query): Search['within'] => {
  const wanted = parts.flatMap((part) => (part.what === 'entries' && !part.negated ? [part] : []));
  if (wanted.length === 0) return null;
  const firsts = wanted.map(({ ranges }) => ranges[0]?.[0] ?? 0);
  const lasts = wanted.flatMap(({ ranges }) => ranges.map(([, last]) => last));
  return [Math.min(...firsts), Math.max(...lasts)];
};

/**
 * `text` has a character for every byte of a segment's file. `foldedRecords`: the records with characters beyond ASCII; null where they may
 * be read otherwise than they are written.
 */
type Condition = (text: string, foldedRecords: () => readonly string[] | null) => boolean;

/**
 * Searches a segment's bytes without parsing it, which is five times as fast for rare words. True when in doubt. Relies on how records are
 * written: JSON with escaped quotes, `seq` first, and facts that stand in the body as they are searched, but for what cleaning removes.
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
/** Characters that cleaning removes or makes a space, and folding does not. */
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

/** For each filter: the file has to contain one of these. */
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
    case 'archived':
    case 'pinned':
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
