import type { Pause, PauseLength } from '../../shared/hold.ts';
import type { Schedule } from '../schedule.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Hold, Holds } from './hold.ts';
import { type Quiet, quietAt } from './quiet-hours.ts';
import { openZoneClock, type ZoneClock } from './zone-clock.ts';

export type HoldsOptions = {
  readonly settings: Pick<SettingsStore, 'current' | 'change' | 'remember'>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly schedule: Schedule;
  /** The computer's time zone by its IANA name. */
  readonly zone: () => string;
  readonly openClock?: () => Promise<ZoneClock>;
};

export type OwnHolds = Holds & {
  /** Settles when quiet hours can be known; at once without any. */
  readonly ready: () => Promise<void>;
  /** Throws, changing nothing, where the settings cannot be written. */
  readonly pause: (length: PauseLength) => Promise<void>;
  /** Ends a pause; throws as `pause`. */
  readonly resume: () => void;
  /** To be called after sleep and changed settings: calls the listeners if the hold is another one than before. */
  readonly reconsider: () => void;
};

const hourMs = 60 * 60 * 1000;
const morningHour = 8;
/** The longest wait: timers stand still during sleep, and the clock may be set. */
const lookAgainMs = 30_000;

/** Pause and quiet hours. A pause goes before quiet hours. Nothing ticks while neither is set. */
export const createHolds = (options: HoldsOptions): OwnHolds => {
  const { settings, now, schedule, zone, openClock = openZoneClock } = options;
  const listeners: (() => void)[] = [];
  let clock: ZoneClock | null = null;
  let cancel = () => {};

  const quiet = quietFrom(options, () => clock);

  const current = (): Hold | null => {
    const { pause, quietHours } = settings.current;
    const at = now();
    const paused = pause && !isOver(pause, at) ? pause : null;
    if (paused) return { why: 'paused', until: paused.until, admitsGrave: false };
    const found = quiet(at);
    if (!found.quiet) return null;
    return { why: 'quiet-hours', until: found.changesAt, admitsGrave: quietHours.admitsGrave };
  };
  let last = JSON.stringify(null);

  const wake = (): void => {
    cancel();
    const { pause } = settings.current;
    const wait = waitUntil([pause?.until ?? null, quiet(now()).changesAt], now());
    cancel = wait === null ? () => {} : schedule(wait, reconsider);
  };

  const reconsider = (): void => {
    tidyPause(settings, now());
    wake();
    const hold = JSON.stringify(current());
    if (hold === last) return;
    last = hold;
    for (const listener of listeners) listener();
  };

  const ready = async (): Promise<void> => {
    if (settings.current.quietHours.on) clock ??= await openClock();
    reconsider();
  };

  return {
    current,
    onChange: (listener) => void listeners.push(listener),
    ready,
    pause: async (length) => {
      const since = now();
      if (length === 'morning') clock ??= await openClock();
      const until = untilOf(length, since, () => clock?.nextHour(since, zone(), morningHour));
      settings.change({ pause: { length, since, until } });
      reconsider();
    },
    resume: () => {
      settings.change({ pause: null });
      reconsider();
    },
    reconsider,
  };
};

/** A clock that is set back by less leaves the morning at 8:00. */
const smallStepMs = { '1h': 0, morning: hourMs, resumed: 0 };

/** A pause becomes no longer where the clock is set back, and one that is over is forgotten. */
const tidyPause = (settings: HoldsOptions['settings'], at: number): void => {
  const { pause } = settings.current;
  if (!pause) return;
  const { length, since, until } = pause;
  if (isOver(pause, at)) settings.remember({ pause: null });
  else if (until !== null && at < since - smallStepMs[length])
    settings.remember({ pause: { length, since: at, until: at + (until - since) } });
};

/** How long until the first of these instants, or until the next look; null without any. */
const waitUntil = (ends: readonly (number | null)[], at: number): number | null => {
  const waits = ends.flatMap((end) => (end === null ? [] : [Math.max(1, end - at)]));
  return waits.length === 0 ? null : Math.min(lookAgainMs, ...waits);
};

const isOver = ({ until }: Pause, at: number): boolean => until !== null && until <= at;

const untilOf = (
  length: PauseLength,
  since: number,
  morning: () => number | undefined,
): number | null => {
  switch (length) {
    case '1h':
      return since + hourMs;
    case 'morning':
      return morning() ?? null;
    case 'resumed':
      return null;
  }
};

const notQuiet: Quiet = { quiet: false, changesAt: null };

/** Computes once for each stretch of time in which nothing changes. */
const quietFrom = ({ settings, zone }: HoldsOptions, clock: () => ZoneClock | null) => {
  let known: (Quiet & { readonly key: string; readonly from: number }) | null = null;

  return (at: number): Quiet => {
    const { quietHours } = settings.current;
    const opened = clock();
    if (!quietHours.on || opened === null) return notQuiet;
    const key = `${zone()} ${JSON.stringify(quietHours)}`;
    const isKnown =
      known?.key === key && known.from <= at && at < (known.changesAt ?? Number.POSITIVE_INFINITY);
    if (!known || !isKnown) known = { ...quietAt(quietHours, at, zone(), opened), key, from: at };
    return known;
  };
};
