import type { Temporal as Polyfill } from 'temporal-polyfill';

/** What wall clocks show. Instants are epoch ms; a zone is an IANA name, such as `Europe/Berlin`. */
export type ZoneClock = {
  /** How far the zone's wall clock is ahead of UTC, in ms. */
  readonly offsetAt: (at: number, zone: string) => number;
  /** The first instant after `at` at which the offset changes; null without one. */
  readonly nextChange: (at: number, zone: string) => number | null;
  /** The first instant after `at` at which a new day's clock shows this full hour. A skipped one is moved forward by the gap. */
  readonly nextHour: (at: number, zone: string, hour: number) => number;
};

/** Where the runtime has it. */
declare const Temporal: typeof Polyfill | undefined;

/** Opens the runtime's Temporal, else the polyfill, which is loaded only then. */
export const openZoneClock = async (): Promise<ZoneClock> =>
  zoneClockOf(
    typeof Temporal === 'undefined' ? (await import('temporal-polyfill')).Temporal : Temporal,
  );

type Engine = {
  readonly Instant: Pick<typeof Polyfill.Instant, 'fromEpochMilliseconds'>;
};

const zoneClockOf = ({ Instant }: Engine): ZoneClock => {
  const zoned = (at: number, zone: string) =>
    Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return {
    offsetAt: (at, zone) => zoned(at, zone).offsetNanoseconds / 1_000_000,
    nextChange: (at, zone) =>
      zoned(at, zone).getTimeZoneTransition('next')?.epochMilliseconds ?? null,
    nextHour: (at, zone, hour) => {
      const now = zoned(at, zone);
      for (const days of [0, 1, 2]) {
        const time = now
          .add({ days })
          .with({ hour, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });
        if (time.epochMilliseconds > at) return time.epochMilliseconds;
      }
      return at;
    },
  };
};
