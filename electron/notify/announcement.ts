import type { Opening } from '../../shared/ipc.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { AnnouncedChange } from './policy.ts';

/** Something to tell the person. Those of one kind and source are counted together when they come close to each other. */
export type Announcement = {
  readonly kind:
    | EventKind
    | 'sync.recovered'
    | 'quarantine'
    | 'readmitted'
    | 'tunnel.down'
    | 'disk';
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly body: string;
  readonly quiet: boolean;
  readonly simulated: boolean;
  readonly opening: Opening;
  /** Told what became of it, for the entry's own record. `how` is null where it was shown by itself: there is no more to say. */
  readonly decided: (shown: boolean, how: string | null) => void;
  /** An error, whatever its kind. Left out: only the kind says how grave it is. */
  readonly isError?: boolean;
  /** What is counted: two of one kind and source with the same thing count as one. Left out: each counts for itself. */
  readonly thing?: string | undefined;
  /** The account named in the title: its name is cut before the sentence around it is. */
  readonly accountName?: string | undefined;
  /** The entry it tells of. Left out: Hookbell tells of itself. */
  readonly entry?: AnnouncedEntry;
};

/** An entry that is announced, the rule that says so, and what it did to its account. */
export type AnnouncedEntry = {
  readonly seq: number;
  readonly why: string;
  readonly change: AnnouncedChange;
};

type KindWords = {
  readonly label: string;
  /** Follows a number of things. */
  readonly many: string;
  /** What is told of it is one thing per source, however often it happens. */
  readonly perSource?: true;
};

export const kindWords: Readonly<Record<Announcement['kind'], KindWords>> = {
  ...kinds,
  'sync.failed': { label: kinds['sync.failed'].label, many: 'accounts could not sync' },
  'sync.recovered': { label: 'Working again', many: 'accounts work again' },
  quarantine: {
    label: 'Deliveries not believed',
    many: 'sources with deliveries not believed',
    perSource: true,
  },
  disk: { label: 'Events not kept', many: 'times events were not kept' },
  'tunnel.down': { label: 'No way in', many: 'times there was no way in' },
  readmitted: {
    label: 'Deliveries believed after all',
    many: 'times deliveries were believed after all',
  },
};

const graveKinds: ReadonlySet<Announcement['kind']> = new Set([
  'sync.failed',
  'run.failed',
  'nft.sent',
  'nft.received',
  'tunnel.down',
  'disk',
]);

/** A failure, or an NFT sent or received: it has a reserve in the budget, and is named wherever it is counted (N6). */
export const isGrave = ({ kind, isError = false }: Announcement): boolean =>
  isError || graveKinds.has(kind);

/** How many things are told of: accounts and sources, not the deliveries that reported them. */
export const countOf = (told: readonly Announcement[]): number => {
  const things = new Set<string>();
  let others = 0;
  for (const announcement of told) {
    const { kind, sourceId, simulated, thing } = announcement;
    if (thing === undefined && !kindWords[kind].perSource) others += 1;
    else things.add(JSON.stringify([kind, sourceId, simulated, thing ?? null]));
  }
  return things.size + others;
};

/** Those of each kind together: grave kinds first, else in the order in which they came. */
export const byKind = (told: readonly Announcement[]): readonly Announcement[][] => {
  const groups = new Map<Announcement['kind'], Announcement[]>();
  for (const announcement of [...told.filter(isGrave), ...told.filter((one) => !isGrave(one))]) {
    const group = groups.get(announcement.kind);
    if (group) group.push(announcement);
    else groups.set(announcement.kind, [announcement]);
  }
  return [...groups.values()];
};
