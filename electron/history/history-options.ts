import type { Fact, Reading } from '../../shared/event.ts';
import type { Decided } from '../../shared/ipc.ts';
import type { MarkChange } from '../../shared/marking.ts';
import type { Retention } from '../../shared/settings.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import type { OnWriteResult } from '../storage/write-result.ts';
import type { HistoryRecord } from './record.ts';

export type HistoryOptions = {
  /** Called with what was found damaged or cannot be read, for people. */
  readonly report: (trouble: string) => void;
  readonly onWriteResult: OnWriteResult;
  readonly folder: Folder;
  readonly schedule: Schedule;
  /** Reads a record again that was not understood when it came; a later version may know better. */
  readonly reread: (record: HistoryRecord) => Reading;
  readonly factsOf: (record: HistoryRecord) => readonly Fact[];
  /** Called for each decision about a notification that comes after its entry. */
  readonly onDecided?: (decided: Decided) => void;
  /** Called with the marks that a person gave or took away, by `mark`. */
  readonly onGiven?: (changes: MarkChange[]) => void;
  /** Entries whose other marks changed: they were seen, came again, or got a note. At most 200, oldest first. */
  readonly onMarked: (entries: TimelineEntry[]) => void;
  readonly retention: () => Retention;
  /** Epoch ms. */
  readonly now: () => number;
  /** Entries up to this number were removed. */
  readonly onRemoved?: (upTo: number) => void;
  /** The dedupe was saved: the moment to save what else is derived from the entries. */
  readonly onSaved?: () => void;
  /** Called for each entry as soon as it is on disk. */
  readonly onRecorded?: (record: HistoryRecord) => void;
};
