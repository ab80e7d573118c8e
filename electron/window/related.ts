import type { Gap } from '../../shared/gap.ts';
import { entriesToken, tokenOf } from '../../shared/query.ts';
import { type Related, relatedAtMost } from '../../shared/related.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { History } from '../history/history.ts';
import type { StoredEntry } from '../history/record.ts';
import type { NamelessRun, Runs } from '../insight/runs.ts';

export type RelatedOptions = {
  readonly history: Pick<History, 'get' | 'nearby'>;
  readonly runs: Pick<Runs, 'list'>;
  readonly gaps: () => readonly Gap[];
  /** Epoch ms. */
  readonly now: () => number;
};

type Relation = {
  readonly about: Related['about'];
  /** One of these stands in the file of every related record. */
  readonly literals: readonly string[];
  readonly isWith: (other: StoredEntry) => boolean;
  /** Finds all of them; null: only those that were found. */
  readonly query: string | null;
};

/** Sequence numbers on either side of an entry: so far related ones are looked for. */
const above = 2_048;
const below = 8_192;

/** The entries near one that are related to it, the strongest relation first. Null where the entry is gone. */
export const relatedTo = async (
  seq: number,
  options: RelatedOptions,
): Promise<Related[] | null> => {
  const { history, runs, gaps, now } = options;
  const one = await history.get(seq);
  if (!one) return null;
  const run = runOf(one.entry, () => runs.list(now(), gaps()));
  const groups = relationsOf(one, run).map((relation) => ({
    ...relation,
    entries: [] as TimelineEntry[],
  }));
  const put = (other: StoredEntry): void => {
    if (other.entry.seq !== seq)
      groups.find(({ isWith }) => isWith(other))?.entries.push(other.entry);
  };
  await history.nearby({
    below: seq + above,
    from: seq + 1,
    literals: () => groups.flatMap((group) => group.literals),
    take: (other) => {
      put(other);
      return true;
    },
  });
  const open = groups.map((group) => ({
    group,
    most: group.entries.length + wantedBelow(group, one.entry),
  }));
  const unfilled = () => open.filter(({ group, most }) => group.entries.length < most);
  if (unfilled().length > 0)
    await history.nearby({
      below: seq,
      from: Math.max(1, seq - below),
      literals: () => unfilled().flatMap(({ group }) => group.literals),
      take: (other) => {
        put(other);
        return unfilled().length > 0;
      },
    });
  return groups.flatMap((group) => groupView(seq, group));
};

/** A delivery contradicts one that came before it. */
const wantedBelow = ({ about }: Relation, { conflicts }: TimelineEntry): number => {
  if (about === 'conflict') return conflicts ? 1 : 0;
  return relatedAtMost + 1;
};

/** The nearest ones. */
const groupView = (
  seq: number,
  { about, query, entries }: Relation & { readonly entries: readonly TimelineEntry[] },
): Related[] => {
  if (entries.length === 0) return [];
  const nearest = [...entries]
    .sort((a, b) => Math.abs(a.seq - seq) - Math.abs(b.seq - seq))
    .slice(0, relatedAtMost)
    .sort((a, b) => b.seq - a.seq);
  return [
    {
      about,
      entries: nearest,
      more: entries.length > nearest.length,
      query: query ?? entriesToken([seq, ...entries.slice(0, mostNamed).map((one) => one.seq)]),
    },
  ];
};

/** A query names at most so many entries. */
const mostNamed = 200;

const relationsOf = (one: StoredEntry, run: NamelessRun | null): Relation[] => [
  ...conflictOf(one),
  ...(run ? runRelation(run) : []),
  ...transactionOf(one),
  ...accountOf(one.entry),
];

const areBeside = (one: TimelineEntry, other: TimelineEntry): boolean =>
  one.sourceId === other.sourceId && one.simulated === other.simulated;

/** In a segment's file, ids stand as JSON. */
const written = (text: string): string => JSON.stringify(text);

const conflictOf = ({ entry, record }: StoredEntry): Relation[] => {
  const contradicts = ({ record: { keys }, entry: other }: StoredEntry) =>
    (entry.conflicts || other.conflicts) &&
    areBeside(entry, other) &&
    record.keys.some(({ id, version }) =>
      keys.some((key) => key.id === id && key.version !== version),
    );
  const literals = record.keys.map(({ id }) => written(id));
  return [{ about: 'conflict', literals, isWith: contradicts, query: null }];
};

const transactionIn = ({ entry, facts }: StoredEntry): string | null => {
  if (entry.status !== 'event') return null;
  const found = facts().find((fact) => fact.form === 'code' && fact.names === 'transaction');
  return found?.form === 'code' ? found.value : null;
};

/** Its hash stands in the body, where quotes are escaped. */
const transactionOf = (one: StoredEntry): Relation[] => {
  const hash = transactionIn(one);
  if (hash === null || !/^[\w-]{16,200}$/.test(hash)) return [];
  const isWith = (other: StoredEntry) =>
    one.entry.simulated === other.entry.simulated &&
    'text' in other.record.body &&
    other.record.body.text.includes(hash) &&
    transactionIn(other) === hash;
  return [{ about: 'transaction', literals: [hash], isWith, query: `"${hash}"` }];
};

const accountOf = (entry: TimelineEntry): Relation[] => {
  const account = entry.status === 'event' ? entry.event.account : null;
  if (!account) return [];
  const isWith = ({ entry: other }: StoredEntry) =>
    other.status === 'event' && other.event.account?.id === account.id && areBeside(entry, other);
  const query = tokenOf('account', account.id);
  return [{ about: 'account', literals: [written(account.id)], isWith, query }];
};

const runRelation = (run: NamelessRun): Relation[] => {
  const isWith = ({ entry: other }: StoredEntry) => isIn(run, other);
  return [{ about: 'run', literals: [written(run.userId)], isWith, query: null }];
};

const runOf = (entry: TimelineEntry, list: () => readonly NamelessRun[]): NamelessRun | null =>
  entry.status === 'event' && entry.event.run
    ? (list().find((run) => isIn(run, entry)) ?? null)
    : null;

/** A run lasts from the begin of its first stage to the end of its last one. */
const isIn = ({ sourceId, userId, simulated, stages }: NamelessRun, entry: TimelineEntry) => {
  const step = entry.status === 'event' ? entry.event.run : undefined;
  if (step?.userId !== userId || entry.sourceId !== sourceId || entry.simulated !== simulated)
    return false;
  const at = Math.min(step.at ?? entry.receivedAt, entry.receivedAt);
  const [first, last] = [stages[0], stages.at(-1)];
  const begin = first?.startedAt ?? first?.endedAt ?? Number.POSITIVE_INFINITY;
  const end =
    last?.outcome === 'going-on'
      ? Number.POSITIVE_INFINITY
      : (last?.endedAt ?? last?.startedAt ?? 0);
  return at >= begin && at <= end;
};
