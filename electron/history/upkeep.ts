import type { Schedule } from '../schedule.ts';
import { WrittenByNewer } from '../storage/format.ts';
import { NotReadable } from '../storage/small-store.ts';
import type { OnWriteResult, Written } from '../storage/write-result.ts';
import type { DedupeStore } from './dedupe-store.ts';
import type { Log } from './log/log.ts';
import type { Marks } from './marks.ts';
import type { HistoryRecord } from './record.ts';

/** Derived state is saved every so many seals; a crash replays at most that many segments. */
const sealsPerSave = 64;
/** Old segments are removed every so many seals: each removal writes the index anew. */
const sealsPerRemoval = 4;
const quietMs = 5000;

export type UpkeepOptions = {
  readonly log: Pick<Log<HistoryRecord>, 'lastSeq' | 'sealFull'>;
  readonly dedupe: Pick<DedupeStore, 'save' | 'saveFull'>;
  readonly marks: Pick<Marks, 'save'>;
  readonly schedule: Schedule;
  readonly onWriteResult: OnWriteResult;
  /** Never rejects. */
  readonly removeOld: () => Promise<void>;
  readonly onSaved: () => void;
};

/** The background work of a history: removes old segments and saves derived state. */
export type Upkeep = {
  onSealed(): void;
  onRecorded(): void;
  /** Saves everything that is not saved beside the records, as far as the disk lets it. */
  saveAll(): void;
  /** As `saveAll`, for the last time. */
  saveLast(): void;
  /** Runs a task that writes, and reports how that went. */
  attempt(what: Written, task: () => void): void;
  reportResult(what: Written, error: unknown): void;
};

export const createUpkeep = (options: UpkeepOptions): Upkeep => {
  const { log, dedupe, marks, schedule, onWriteResult, removeOld, onSaved } = options;
  let sealsSinceSave = 0;
  let isWaiting = false;

  const { attempt, reportResult } = createReporting(onWriteResult);

  function saveDerived(): void {
    sealsSinceSave = 0;
    attempt('repeats', dedupe.save);
    onSaved();
  }

  const removeAndSeal = (): void => void removeOld().then(() => log.sealFull().catch(() => {}));

  /** Waits until no record came for a moment. */
  function waitForQuiet(): void {
    if (isWaiting) return;
    isWaiting = true;
    const { lastSeq } = log;
    schedule(quietMs, () => {
      isWaiting = false;
      if (log.lastSeq > lastSeq) return waitForQuiet();
      removeAndSeal();
      if (sealsSinceSave > 0) saveDerived();
    });
  }

  return {
    onSealed: () => {
      sealsSinceSave += 1;
      if (sealsSinceSave % sealsPerRemoval === 0) void removeOld();
      if (sealsSinceSave >= sealsPerSave) saveDerived();
      else attempt('repeats', dedupe.saveFull);
    },
    onRecorded: waitForQuiet,
    saveAll: () => {
      attempt('marks', marks.save);
      saveDerived();
      removeAndSeal();
    },
    saveLast: () => {
      attempt('marks', marks.save);
      saveDerived();
    },
    attempt,
    reportResult,
  };
};

const createReporting = (
  onWriteResult: OnWriteResult,
): Pick<Upkeep, 'attempt' | 'reportResult'> => {
  const reportResult = (what: Written, error: unknown): void => {
    // Reported when it was found.
    if (error instanceof WrittenByNewer || error instanceof NotReadable) return;
    onWriteResult(what, error);
  };
  return {
    reportResult,
    attempt: (what, task) => {
      try {
        task();
        reportResult(what, null);
      } catch (error) {
        reportResult(what, error);
      }
    },
  };
};
