import type { Answers } from '../../../shared/ipc.ts';
import type { Names } from '../../../shared/matching.ts';
import type { Place } from '../../../shared/place.ts';
import { effectiveText, isFiltering, parseQuery } from '../../../shared/query.ts';
import { countOf, rangesOf, type SeqRanges } from '../../../shared/seq-ranges.ts';
import type { History } from '../../history/history.ts';
import type { Quarantine } from '../../history/quarantine.ts';
import { bodyBytes } from '../../history/record.ts';
import { searchFor } from '../../history/search.ts';
import type { Gaps } from '../../insight/gaps.ts';
import type { Mask } from '../../masking.ts';
import { providers } from '../../providers/index.ts';
import { maskedBody, maskedFacts, maskedHeaders } from '../../transfer/masked.ts';
import { type Linked, placesOf } from './places.ts';

export type EntryAnswerOptions = Linked & {
  readonly history: History;
  readonly quarantine: Pick<Quarantine, 'page'>;
  readonly gaps: Pick<Gaps, 'list'>;
  readonly names: () => Names;
  /** Hides our own secrets and tokens, as they are now. */
  readonly masking: () => Mask;
  /** Epoch ms. */
  readonly now: () => number;
};

type EntryAnswers = Pick<
  Answers,
  | 'timeline'
  | 'extent'
  | 'entryBefore'
  | 'matching'
  | 'entry'
  | 'markSeen'
  | 'mark'
  | 'markAllSeen'
  | 'countUnread'
  | 'quarantine'
  | 'missing'
>;

const quarantinePage = 50;

/** Answers about what was received. */
export const createEntryAnswers = (options: EntryAnswerOptions): EntryAnswers => {
  const { history, quarantine, gaps, names, masking, now } = options;

  const searchOf = (query: string) => searchFor(parseQuery(query, now()), names(), now);

  return {
    timeline: ({ before, query }) => history.page(before, searchOf(query ?? '')),

    extent: history.extent,
    entryBefore: ({ at }) => history.entryBefore(at),

    matching: async ({ seqs, query }) => {
      const { matches, answering } = searchOf(query);
      const all = await Promise.all(seqs.map(history.get));
      return all.flatMap((found) =>
        found && matches(found.entry, found.facts) ? answering(found.entry, found.facts) : [],
      );
    },

    entry: async ({ seq }) => {
      const found = await history.get(seq);
      if (!found) return null;
      const { entry, facts, record } = found;
      const mask = masking();
      const explained = providers.get(record.provider)?.explain(record.proof, {
        event: entry.status === 'event' ? entry.event : null,
        simulated: entry.simulated,
      });
      return {
        entry,
        facts: entry.status === 'event' ? maskedFacts(facts(), mask) : [],
        headers: maskedHeaders(record, mask),
        body: maskedBody(bodyBytes(record.body), mask),
        verification: explained ?? { checked: [], unproven: [] },
        places: placesOf(found, options),
      };
    },

    ...createMarkAnswers(options),

    quarantine: async ({ before }) => {
      const records = await quarantine.page(before, quarantinePage, now());
      const mask = masking();
      return records.map(({ headers, body, senderAddress, peerAddress, number: _, ...record }) => ({
        ...record,
        simulated: record.simulated ?? false,
        headers: maskedHeaders({ headers }, mask),
        body: maskedBody(bodyBytes(body), mask),
      }));
    },

    missing: () => ({ gaps: [...gaps.list()], damages: history.damages() }),
  };
};

/** A number on a button is not worth more of main's time. */
const countingAtMostMs = 1500;

type MarkAnswers = Pick<Answers, 'markSeen' | 'mark' | 'markAllSeen' | 'countUnread'>;

const createMarkAnswers = ({ history, names, now }: EntryAnswerOptions): MarkAnswers => {
  let newestCount = 0;
  /** The numbers of the unread entries that match. Only a filter takes a search. */
  const unreadIn = async (text: string, goesOn = () => true): Promise<SeqRanges> => {
    const query = parseQuery(text, now());
    if (!isFiltering(query)) return [[1, history.lastSeq]];
    const unread = parseQuery(`${effectiveText(query)} is:unread`, now());
    const search = searchFor(unread, names(), now, true);
    const seqs: number[] = [];
    let before: Place | null = null;
    do {
      const page = await history.page(before, search);
      seqs.push(...page.entries.map(({ seq }) => seq));
      before = page.before;
    } while (before !== null && goesOn());
    return rangesOf(seqs);
  };

  return {
    markSeen: ({ seqs, seen }) => history.markSeen(seqs, seen),
    mark: ({ mark, on, ranges }) => history.mark(mark, on, ranges),
    markAllSeen: async (wanted) => history.mark('seen', true, await unreadIn(wanted?.query ?? '')),
    countUnread: async ({ query }) => {
      newestCount += 1;
      const [mine, startedAt] = [newestCount, now()];
      const goesOn = () => mine === newestCount && now() - startedAt < countingAtMostMs;
      const unread = await unreadIn(query, goesOn);
      return goesOn() ? countOf(unread) : null;
    },
  };
};
