import type { Place } from '../../shared/place.ts';
import { everything, type Query } from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Row } from './rows.ts';

export const tabs = ['summary', 'payload', 'raw', 'headers', 'verification', 'delivery'] as const;
export type Tab = (typeof tabs)[number];

/** A line by the entry it shows: an entry's own, or the head of its group, which stands for all its members. */
export type ChosenLine = { readonly seq: number; readonly onHead: boolean };

export type TimelineView = {
  /** Newest first. */
  rows: Row[];
  /** Ask with it for older entries; null when there are none. */
  before: Place | null;
  status: 'loading' | 'ready' | 'failed';
  /** Older rows are being asked for. */
  reading: boolean;
  /** What the person has typed, or chosen in a menu. */
  query: Query;
  /** What the rows are the answer to. */
  answered: Query;
  /** Arrived while the person was reading; oldest first, at most `waitingAtMost`. */
  waiting: TimelineEntry[];
  selected: number | null;
  /** The head of the selected entry's group is selected, and not the entry itself. */
  onHead: boolean;
  /** Sequence numbers: a group with one of them is open. */
  unfolded: ReadonlySet<number>;
  /** Entries that a command acts on together. */
  chosen: ReadonlySet<number>;
  /** Where a range of them begins. */
  chosenFrom: ChosenLine | null;
  /** What was done just now and can be undone, in words. */
  done: string | null;
  /** The detail of `selected` is open. */
  opened: boolean;
  /** The list is scrolled to its top. */
  atTop: boolean;
  tab: Tab;
};

export const waitingAtMost = 500;

export const initialView: TimelineView = {
  rows: [],
  before: null,
  status: 'loading',
  reading: false,
  query: everything,
  answered: everything,
  waiting: [],
  selected: null,
  onHead: false,
  unfolded: new Set(),
  chosen: new Set(),
  chosenFrom: null,
  done: null,
  opened: false,
  atTop: true,
  tab: 'summary',
};

/** Where the list stands, for when the person comes back to it. It is no part of the view: scrolling changes no row. */
export type ListPosition = {
  /** CSS pixels from the top. */
  offset: number;
  /** The selection that the list has scrolled to. */
  shown: number | null;
  /** The first line in view. */
  first: number;
  /** The entry whose row is to be at the top, until it is. */
  anchor: number | null;
};
