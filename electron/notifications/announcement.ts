import type { Opening } from '../../shared/ipc.ts';
import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { OfferedPlace } from '../../shared/place-outside.ts';
import type { HeldBy } from '../../shared/timeline.ts';
import type { AnnouncedChange } from '../insight/accounts.ts';

/** Something to notify about. Announcements of one kind and source that come close together are coalesced. */
export type Announcement = {
  readonly kind:
    | EventKind
    | 'sync.recovered'
    | 'quarantine'
    | 'readmitted'
    | 'tunnel.down'
    | 'disk'
    | 'run.stuck'
    | 'silence'
    | 'over';
  readonly sourceId: string;
  readonly sourceName: string;
  readonly title: string;
  readonly body: string;
  readonly quiet: boolean;
  readonly simulated: boolean;
  readonly opening: Opening;
  /** Called with each result. `how` is null where it was shown by itself. `held`: what holds it back until later. */
  readonly decided: (shown: boolean, how: string | null, held?: HeldBy) => void;
  /** An error, which is grave whatever its kind. Left out: the kind decides. */
  readonly isError?: boolean;
  /** Announcements of one kind, source and thing count as one. Left out: each counts. */
  readonly thing?: string | undefined;
  /** The account's name in the title. It is cut before the sentence around it. */
  readonly accountName?: string | undefined;
  /** The NFT that it is about, for a digest (N6). */
  readonly nft?: string | undefined;
  /** Where it is mended. */
  readonly place?: OfferedPlace | undefined;
  /** The condition that it opens or ends. */
  readonly condition?: ConditionStep | undefined;
  /** Left out: it is about Hookbell itself. */
  readonly entry?: EntryToAnnounce;
};

/** A condition has one notification, which its end replaces. */
export type ConditionStep = { readonly id: string; readonly does: 'opens' | 'ends' };

/** An entry that is to be announced. `why`: the rule that says so. `change`: of its account. */
export type EntryToAnnounce = {
  readonly seq: number;
  readonly why: string;
  readonly change: AnnouncedChange;
};

type KindWords = {
  readonly label: string;
  /** Follows a number. */
  readonly many: string;
  /** However often it happens, it counts once per source. */
  readonly perSource?: true;
  /** A digest always names it, and it goes before others (N6). */
  readonly grave: boolean;
};

export const kindWords: Readonly<Record<Announcement['kind'], KindWords>> = {
  ...kinds,
  'sync.recovered': { label: 'Working again', many: 'accounts work again', grave: false },
  quarantine: {
    label: 'Deliveries not believed',
    many: 'sources with deliveries not believed',
    perSource: true,
    grave: false,
  },
  disk: { label: 'Events not kept', many: 'times events were not kept', grave: true },
  'tunnel.down': { label: 'No way in', many: 'times there was no way in', grave: true },
  'run.stuck': {
    label: 'Recalculation stuck',
    many: 'recalculations without an end',
    grave: true,
  },
  silence: { label: 'Silence', many: 'sources are silent', grave: false },
  over: { label: 'Over', many: 'problems are over', grave: false },
  readmitted: {
    label: 'Deliveries believed after all',
    many: 'times deliveries were believed after all',
    grave: false,
  },
};

/** A failure, or an NFT sent or received (N6). */
export const isGrave = ({ kind, isError = false }: Announcement): boolean =>
  isError || kindWords[kind].grave;

/** Counts accounts and sources rather than the deliveries about them. */
export const countOf = (announcements: readonly Announcement[]): number => {
  const things = new Set<string>();
  let others = 0;
  for (const announcement of announcements) {
    const { kind, sourceId, simulated, thing } = announcement;
    if (thing === undefined && !kindWords[kind].perSource) others += 1;
    else things.add(JSON.stringify([kind, sourceId, simulated, thing ?? null]));
  }
  return things.size + others;
};

export const byKind = (announcements: readonly Announcement[]): readonly Announcement[][] => {
  const groups = new Map<Announcement['kind'], Announcement[]>();
  for (const announcement of [
    ...announcements.filter(isGrave),
    ...announcements.filter((one) => !isGrave(one)),
  ]) {
    const group = groups.get(announcement.kind);
    if (group) group.push(announcement);
    else groups.set(announcement.kind, [announcement]);
  }
  return [...groups.values()];
};

/** The notification of an announcement by itself: that of its condition, else `otherwise`. */
export const notificationIdOf = ({ condition }: Announcement, otherwise: string): string => {
  if (!condition) return otherwise;
  return condition.does === 'opens' ? condition.id : overIdOf(condition.id);
};

/** The notification of a condition's end. */
export const overIdOf = (conditionId: string): string => `${conditionId} over`;

/** Whether an announcement is about a condition. */
export const isOf =
  (conditionId: string) =>
  ({ condition }: Announcement): boolean =>
    condition?.id === conditionId;
