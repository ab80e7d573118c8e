import type { Answer, Asked, Decided } from '../../shared/ipc.ts';
import type { NotificationDecision, TimelineEntry } from '../../shared/timeline.ts';
import type { Clock } from '../clock.ts';
import { createStore, type Store } from '../store.ts';
import type { UndoStack } from './undo.ts';
import { initialView, type ListPosition, type TimelineView } from './view.ts';

export type TimelineQuestion =
  | 'timeline'
  | 'extent'
  | 'entryBefore'
  | 'matching'
  | 'markSeen'
  | 'mark'
  | 'markAllSeen';

/** What the timeline asks main. */
export type TimelineAsk = <N extends TimelineQuestion>(
  name: N,
  input: Asked<N>,
) => Promise<Answer<N>>;

/** All that the timeline holds. Only `create-timeline.ts`, `reading.ts`, `arrivals.ts`, `marking.ts`, `whole.ts` and `group-commands.ts` change it. */
export type Core = {
  readonly ask: TimelineAsk;
  readonly clock: Clock;
  readonly announce: (words: string) => void;
  readonly view: Store<TimelineView>;
  readonly position: ListPosition;
  /** Goes up with every reading from the top; answers to an older reading are dropped. */
  generation: number;
  /** What the newest reading asks. */
  asked: string;
  /** Arrived during a reading, and may be missing in its answer; null while nothing is read. */
  held: TimelineEntry[] | null;
  /** The newest decisions by sequence number. An answer that was under way when one was made does not hold it. */
  readonly decisions: Map<number, NotificationDecision>;
  /** Ends when the last arrival was matched with the search: arrivals keep their order. */
  matching: Promise<void>;
  isRefilling: boolean;
  /** The row in the middle of the view when rows last lost their entries. */
  thinnedAt: number;
  forgottenUpTo: number;
  cancelSearch: () => void;
  undo: UndoStack;
  cancelOffer: () => void;
};

export const createCore = (
  ask: TimelineAsk,
  clock: Clock,
  announce: (words: string) => void,
): Core => ({
  ask,
  clock,
  announce,
  view: createStore(initialView),
  position: { offset: 0, shown: null, first: 0, anchor: null },
  generation: 0,
  asked: '',
  held: null,
  decisions: new Map(),
  matching: Promise.resolve(),
  isRefilling: false,
  thinnedAt: 0,
  forgottenUpTo: 0,
  cancelSearch: () => {},
  undo: [],
  cancelOffer: () => {},
});

/** Far more decisions than are made while one answer is under way. */
const mostDecisions = 500;

export function noteDecisions({ decisions }: Core, decided: readonly Decided[]): void {
  for (const { seq, notification } of decided) {
    decisions.delete(seq);
    decisions.set(seq, notification);
  }
  for (const oldest of decisions.keys()) {
    if (decisions.size <= mostDecisions) break;
    decisions.delete(oldest);
  }
}

/** The entries of an answer, with the decisions that were made while it was under way. */
export const withDecisions = (
  { decisions }: Core,
  entries: readonly TimelineEntry[],
): TimelineEntry[] =>
  entries.map((entry) => {
    const notification = decisions.get(entry.seq);
    return notification ? { ...entry, notification } : entry;
  });
