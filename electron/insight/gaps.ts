import * as z from 'zod/mini';
import { Gap } from '../../shared/gap.ts';
import type { Folder } from '../history/folder.ts';
import {
  NotReadable,
  openSmallStore,
  type Telling,
  tellFound,
  WrittenByNewer,
} from '../history/small-store.ts';
import type { Later } from '../later.ts';

/** What begins and ends while the app runs. */
const Outage = z.enum(['tunnel', 'port', 'disk']);
type Outage = z.infer<typeof Outage>;

const Saved = z.object({
  gaps: z.array(Gap),
  /** The last sign of life, and whether the app said goodbye with it. Epoch ms. */
  beat: z.object({ at: z.int(), closed: z.boolean() }),
  /** What lasted when it was saved: since when nothing could be received, and why. */
  outages: z.optional(z.array(z.object({ from: z.int(), reason: Outage }))),
});
type Saved = z.infer<typeof Saved>;

const beatMs = 15_000;
/** A timer this late means that the computer slept. */
const jumpMs = 30_000;
/** Anything shorter is bridged by the senders that try again. What the disk refused was a delivery, and not every sender does. */
const shortestMs = { disk: 0, other: 60_000 };
const mostGaps = 1000;

export type GapOptions = Telling & {
  readonly folder: Folder;
  readonly now: () => number;
  /** Ms since the computer was started, its sleep included. */
  readonly uptime: () => number;
  readonly later: Later;
  readonly onGap: (gap: Gap) => void;
};

/** The spans in which nothing could be received: a heartbeat on disk dates them, whether the app quit, crashed or the computer slept. */
export const openGaps = (options: GapOptions) => {
  const { folder, now, uptime, later, onGap, report, onNewer } = options;
  const store = openSmallStore({
    ...{ folder, name: 'gaps', parse: (value: unknown) => Saved.parse(value) },
  });
  const startedAt = now();
  let gaps: Gap[] = [];
  let beat = { at: startedAt, closed: true };
  let upAtBeat = uptime();
  let stop = () => {};
  const outages = new Map<Outage, number>();

  /** What was known before this start, and the gap up to it, come before what was found since. */
  function takeUp(saved: Saved): void {
    const since = gaps;
    gaps = saved.gaps;
    for (const { from, reason } of saved.outages ?? []) add(from, saved.beat.at, reason);
    add(saved.beat.at, startedAt, saved.beat.closed ? 'quit' : 'crashed');
    gaps = [...gaps, ...since].slice(-mostGaps);
  }

  function save(closed: boolean): void {
    beat = { at: now(), closed };
    upAtBeat = uptime();
    const late = store.lookAgain();
    if (late) takeUp(late);
    try {
      const lasting = [...outages].map(([reason, from]) => ({ reason, from }));
      store.write({ gaps, beat, outages: lasting });
    } catch (error) {
      // Said when it was found.
      if (error instanceof WrittenByNewer || error instanceof NotReadable) return;
      report(
        `The heartbeat could not be saved: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
    }
  }

  function add(from: number, to: number, reason: Gap['reason']): void {
    if (to - from < (reason === 'disk' ? shortestMs.disk : shortestMs.other)) return;
    const gap = { from, to, reason };
    gaps = [...gaps, gap].slice(-mostGaps);
    onGap(gap);
  }

  function beatAgain(): void {
    stop = later(beatMs, () => {
      beatNow();
      beatAgain();
    });
  }

  function beatNow(): void {
    // A calendar that was set is no sleep.
    const passed = uptime() - upAtBeat;
    if (passed > beatMs + jumpMs) add(now() - passed, now(), 'asleep');
    save(false);
  }

  function end(reason: Outage): void {
    const from = outages.get(reason);
    if (from === undefined) return;
    outages.delete(reason);
    add(from, now(), reason);
  }

  const found = store.read();
  tellFound(found, 'gaps.json was damaged: earlier gaps are not known any more', {
    ...{ report, onNewer },
  });
  if ('value' in found && found.value) takeUp(found.value);

  return {
    /** From now on there is a sign of life on disk. Nobody who sends a delivery waits for the first. */
    beat: (): void => {
      save(false);
      beatAgain();
    },
    /** The last sign of life before this start, epoch ms; null when none is known. */
    lastSeenAt: 'value' in found && found.value ? found.value.beat.at : null,
    /** Oldest first. */
    list: (): readonly Gap[] => gaps,
    /** From then on (epoch ms) nothing can be received, for as long as `end` is not called; a crash or the end of the app ends it too. */
    begin: (reason: Outage, from = now()): void => {
      if (!outages.has(reason)) outages.set(reason, from);
    },
    end,
    /** There was none: something came in. */
    takeBack: (reason: Outage): void => void outages.delete(reason),
    /** The computer woke up: what it missed is known at once. */
    wakeUp: beatNow,
    close: (): void => {
      stop();
      for (const reason of [...outages.keys()]) end(reason);
      save(true);
    },
  };
};
