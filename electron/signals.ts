import type { ConditionReason } from '../shared/condition.ts';
import type { Gap } from '../shared/gap.ts';
import type { Decided } from '../shared/ipc.ts';
import type { MarkChange } from '../shared/marking.ts';
import type { Refusal } from '../shared/refusals.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import type { ConditionChanges } from './conditions/book.ts';
import type { NotificationButton } from './notifications/button.ts';
import type { NotArriving } from './notifications/not-arriving.ts';
import type { Listening } from './receiver/listening.ts';
import type { WorksAgain } from './receiver/outages.ts';
import type { Received } from './receiver/pipeline.ts';
import type { Readmitted } from './receiver/recheck.ts';
import type { StoredSource } from './setup/settings.ts';
import type { DiskProblem } from './storage/disk-watch.ts';
import type { Written } from './storage/write-result.ts';

/** What happens in one part of the app and concerns other parts, with what is told of it. `effects.ts` lists what follows. */
export type Signals = {
  /** The HTTP server began to listen, or could not. */
  listening: [Listening];
  /** A request was refused, and nothing of it was kept. */
  refused: [why: Refusal, sender?: { readonly simulated: boolean }];
  /** A delivery was recorded, was a duplicate, or was rejected. */
  received: [Received];
  /** A delivery that was rejected before is believed now. */
  readmitted: [Readmitted];
  /** The quarantine of a source was looked at again, and gave so many new entries. */
  rechecked: [source: StoredSource, entries: number];
  /** New entries, oldest first. */
  added: [entries: readonly TimelineEntry[]];
  /** The quarantine is not as it was. */
  quarantineChanged: [];
  /** It was decided after an entry was added whether it is notified, or what became of that. */
  decided: [Decided];
  /** The other marks of entries changed: seen, duplicates, notes. */
  marked: [entries: readonly TimelineEntry[]];
  /** The person gave marks to entries, or took them away. */
  given: [changes: readonly MarkChange[]];
  /** The history removed its oldest entries, up to this sequence number. */
  removed: [upTo: number];
  /** Entries were read from a file, in between or before the others. */
  imported: [];
  /** The history saved what it derives from the log. */
  saved: [];
  /** Something on disk is damaged, in words for a person. */
  damaged: [what: string];
  /** Something on disk was written by a newer Hookbell. */
  newerFound: [];
  /** The disk took something (null), or refused it. */
  written: [what: Written, error: unknown];
  /** The disk refuses something, or (null) nothing any more. */
  diskProblem: [DiskProblem | null];
  /** The first event that the disk refused, with what happened and what helps. */
  eventsRefused: [why: string];
  /** The disk takes events again. */
  eventsKept: [];
  /** A span in which nothing could be received ended. */
  gap: [Gap];
  /** There has been no public URL for five minutes. */
  publicUrlDown: [];
  /** The public URL works; or null, none is wanted, or it worked all the time. */
  publicUrlUp: [WorksAgain | null];
  /** The person pressed a button of a notification. */
  notificationPressed: [NotificationButton];
  /** The secret that is kept under an id can be read after all. */
  secretOpened: [id: string];
  /** Notifications do not arrive, or (null) do again. */
  notifications: [NotArriving | null];
  /** An edge noted why a condition is open. */
  problem: [ConditionReason];
  /** Conditions opened, changed or ended. */
  conditions: [ConditionChanges];
  /** Something that the app's state shows changed. */
  changed: [];
};

export type Emit = <S extends keyof Signals>(signal: S, ...told: Signals[S]) => void;

/** What follows each signal. The compiler asks for every one. */
export type Effects = { readonly [S in keyof Signals]: (...told: Signals[S]) => void };

export type Emitter = {
  /** Runs what follows the signal, at once. Before `subscribe` it is kept, and run then in order. Never throws. */
  readonly emit: Emit;
  /** To be called once, when all parts are made. `onFailed` is called where an effect throws, which is a bug in it. */
  readonly subscribe: (
    effects: Effects,
    onFailed: (signal: string, error: unknown) => void,
  ) => void;
};

/** Made before all parts, so that each may emit while it is being opened. */
export const createSignals = (): Emitter => {
  let run: Emit | null = null;
  const early: (() => void)[] = [];

  const emit: Emit = (signal, ...told) => {
    if (run) run(signal, ...told);
    else early.push(() => emit(signal, ...told));
  };

  return {
    emit,
    subscribe: (effects, onFailed) => {
      run = (signal, ...told) => {
        try {
          effects[signal](...told);
        } catch (error) {
          // A delivery that is on disk is answered 200, whatever follows it.
          onFailed(signal, error);
        }
      };
      for (const task of early.splice(0)) task();
    },
  };
};
