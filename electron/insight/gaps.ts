import * as z from 'zod/mini';
import { Gap } from '../../shared/gap.ts';
import type { Schedule } from '../schedule.ts';
import type { Folder } from '../storage/folder.ts';
import { WrittenByNewer } from '../storage/format.ts';
import { NotReadable, openSmallStore, reportTrouble } from '../storage/small-store.ts';

/** The reasons of gaps that begin and end while the app runs. */
const OutageReason = z.enum(['tunnel', 'port', 'disk']);
type OutageReason = z.infer<typeof OutageReason>;

const Saved = z.object({
  gaps: z.array(Gap),
  /** The last heartbeat (epoch ms), and whether the app quit with it. */
  beat: z.object({ at: z.int(), closed: z.boolean() }),
  /** The open outages; `from` is epoch ms. */
  outages: z.optional(z.array(z.object({ from: z.int(), reason: OutageReason }))),
});
type Saved = z.infer<typeof Saved>;

const beatMs = 15_000;
/** A timer this late means that the computer slept. */
const jumpMs = 30_000;
/** Senders retry after a shorter gap. A disk gap always counts: it refused a delivery, and not every sender retries. */
const shortestMs = { disk: 0, other: 60_000 };
const mostGaps = 1000;

export type GapOptions = {
  /** Receives a sentence about a file that is damaged, or cannot be read or written. */
  readonly report: (trouble: string) => void;
  readonly folder: Folder;
  readonly now: () => number;
  /** Ms since the computer started, its sleep included. */
  readonly uptime: () => number;
  readonly schedule: Schedule;
  readonly onGap: (gap: Gap) => void;
};

/** The spans in which nothing could be received. A heartbeat on disk dates them, after a quit, a crash and a sleep. */
export type Gaps = {
  /** Saves the first heartbeat, and one every 15 seconds from then on. */
  readonly beat: () => void;
  /** The last heartbeat before this start, epoch ms; null when unknown. */
  readonly lastSeenAt: number | null;
  /** Oldest first. */
  readonly list: () => readonly Gap[];
  /** Also the open ones, as if they ended now. */
  readonly untilNow: () => readonly Gap[];
  /** Begins a gap, now or at `from` (epoch ms). It lasts until `end`, a crash or the end of the app. */
  readonly begin: (reason: OutageReason, from?: number) => void;
  readonly end: (reason: OutageReason) => void;
  /** Drops the open gap. */
  readonly discard: (reason: OutageReason) => void;
  /** To be called when the computer woke up; records the gap at once. */
  readonly wakeUp: () => void;
  readonly close: () => void;
};

export const openGaps = (options: GapOptions): Gaps => {
  const { now, uptime, schedule, onGap } = options;
  const file = openGapFile(options);
  const startedAt = now();
  const outages = createOutages(now, add);
  const heartbeat = createHeartbeat({
    uptime,
    schedule,
    onBeat: (sleptMs) => {
      if (sleptMs > 0) add(now() - sleptMs, now(), 'asleep');
      save(false);
    },
  });
  let gaps: Gap[] = [];

  /** Restores the saved gaps, and adds the gap up to this start. */
  function restore({ gaps: saved, beat, outages: open = [] }: Saved): void {
    gaps = saved;
    for (const { from, reason } of open) add(from, beat.at, reason);
    add(beat.at, startedAt, beat.closed ? 'quit' : 'crashed');
  }

  function add(from: number, to: number, reason: Gap['reason']): void {
    const gap = { from, to, reason };
    if (isShort(gap)) return;
    gaps = [...gaps, gap].slice(-mostGaps);
    onGap(gap);
  }

  function save(closed: boolean): void {
    file.write({ gaps, beat: { at: now(), closed }, outages: outages.list() });
  }

  if (file.saved) restore(file.saved);

  return {
    beat: () => {
      save(false);
      heartbeat.start();
    },
    lastSeenAt: file.saved?.beat.at ?? null,
    list: () => gaps,
    untilNow: () => [...gaps, ...outages.list().map((outage): Gap => ({ ...outage, to: now() }))],
    begin: outages.begin,
    end: outages.end,
    discard: outages.discard,
    wakeUp: heartbeat.beat,
    close: () => {
      heartbeat.stop();
      for (const { reason } of outages.list()) outages.end(reason);
      save(true);
    },
  };
};

const isShort = ({ from, to, reason }: Gap): boolean =>
  to - from < (reason === 'disk' ? shortestMs.disk : shortestMs.other);

type OnOutage = (from: number, to: number, reason: OutageReason) => void;

/** The open outages. `onEnd` receives those that end. */
const createOutages = (now: () => number, onEnd: OnOutage) => {
  const open = new Map<OutageReason, number>();
  return {
    list: () => [...open].map(([reason, from]) => ({ reason, from })),
    begin: (reason: OutageReason, from = now()): void => {
      if (!open.has(reason)) open.set(reason, from);
    },
    end: (reason: OutageReason): void => {
      const from = open.get(reason);
      open.delete(reason);
      if (from !== undefined) onEnd(from, now(), reason);
    },
    discard: (reason: OutageReason): void => void open.delete(reason),
  };
};

/** The file of the gaps. What it cannot read or write is reported. */
const openGapFile = ({ folder, report }: Pick<GapOptions, 'folder' | 'report'>) => {
  const store = openSmallStore({
    folder,
    name: 'gaps',
    parse: (value: unknown) => Saved.parse(value),
  });
  const found = store.read();
  const damage = 'gaps.json was damaged: earlier gaps are not known any more';
  reportTrouble(found, damage, report);

  return {
    saved: found.status === 'fine' ? found.value : null,
    write: (content: Saved): void => {
      try {
        store.write(content);
      } catch (error) {
        if (!isReported(error)) report(`The heartbeat could not be saved: ${messageOf(error)}`);
      }
    },
  };
};

/** These errors are reported when the file is read. */
const isReported = (error: unknown): boolean =>
  error instanceof WrittenByNewer || error instanceof NotReadable;

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unknown error';

type HeartbeatOptions = Pick<GapOptions, 'uptime' | 'schedule'> & {
  /** `sleptMs`: how long the computer slept since the last beat; 0 when it did not. */
  readonly onBeat: (sleptMs: number) => void;
};

/** Beats every 15 seconds. Uptime measures a sleep, since a clock may be set. */
const createHeartbeat = ({ uptime, schedule, onBeat }: HeartbeatOptions) => {
  let upAtBeat = uptime();
  let stop = () => {};

  function beat(): void {
    // A gap is saved in whole ms, and systems tell their uptime in fractions.
    const passed = Math.round(uptime() - upAtBeat);
    upAtBeat = uptime();
    onBeat(passed > beatMs + jumpMs ? passed : 0);
  }

  function beatLater(): void {
    stop = schedule(beatMs, () => {
      beat();
      beatLater();
    });
  }

  return {
    start: () => {
      upAtBeat = uptime();
      beatLater();
    },
    beat,
    stop: () => stop(),
  };
};
