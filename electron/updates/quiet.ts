/** How long nothing may have been under way before Hookbell restarts by itself. */
export const quietMs = 3 * 60_000;

/** How often `holds` is to be asked: what is busy only between two questions is not noticed. */
export const askEveryMs = 30_000;

export type Quiet = {
  /** Something happened just now. */
  readonly disturb: () => void;
  /** Whether nothing has been under way for three minutes. A span in which nobody asked, such as a sleep, does not count. */
  readonly holds: () => boolean;
};

/** `uptime`: ms of a clock that nobody sets. */
export const createQuiet = (uptime: () => number, isBusy: () => boolean): Quiet => {
  let since = uptime();
  let askedAt = since;
  const disturb = (): void => {
    since = uptime();
  };
  return {
    disturb,
    holds: () => {
      // After a sleep a timer may be earlier than the system's word that it is over.
      if (isBusy() || uptime() - askedAt > 2 * askEveryMs) disturb();
      askedAt = uptime();
      return uptime() - since >= quietMs;
    },
  };
};
