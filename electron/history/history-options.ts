import type { Fact, Reading } from '../../shared/event.ts';
import type { Retention } from '../../shared/settings.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Later } from '../later.ts';
import type { Folder } from './folder.ts';
import type { Tried } from './log-state.ts';
import type { HistoryRecord } from './record.ts';
import type { Telling } from './small-store.ts';

export type HistoryOptions = Telling & {
  readonly tried: Tried;
  readonly folder: Folder;
  readonly later: Later;
  /** Reads a record again that was not understood when it came; a later version may know better. */
  readonly reread: (record: HistoryRecord) => Reading;
  /** The details of a record's event. */
  readonly factsOf: (record: HistoryRecord) => readonly Fact[];
  /** Entries whose marks changed: they were seen, came again, or their notifications were decided. At most 200, oldest first. */
  readonly onMarked: (entries: TimelineEntry[]) => void;
  readonly retention: () => Retention;
  /** Epoch ms. */
  readonly now: () => number;
  /** Entries up to this number can be read no more: the oldest were forgotten. */
  readonly onForgotten?: (upTo: number) => void;
  /** The memory of repeats was saved: the moment to save what else is derived from the entries. */
  readonly onSaved?: () => void;
  /** Told of each entry as soon as it is on disk. */
  readonly onRecorded?: (record: HistoryRecord) => void;
};
