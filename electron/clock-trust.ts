export type ClockTrustOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Ms since the computer was started, its sleep included. */
  readonly uptime: () => number;
  /** The last sign of life before this start, epoch ms; null when there is none. */
  readonly lastSeenAt: number | null;
};

const strangeMs = 24 * 60 * 60 * 1000;
const doubtMs = 60 * 60 * 1000;

/**
 * Whether the wall clock may decide what is too old to keep. A computer whose clock went ahead by more than a day was switched
 * off, or its clock is wrong: most are set right within minutes, and what was removed meanwhile would be gone. So it is doubted
 * for an hour.
 */
export const createClockTrust = ({ now, uptime, lastSeenAt }: ClockTrustOptions) => {
  let seen = { at: lastSeenAt ?? now(), upAt: uptime() };
  let doubtedUntil = Number.NEGATIVE_INFINITY;

  return (): boolean => {
    const passed = uptime() - seen.upAt;
    if (now() - seen.at - passed > strangeMs) doubtedUntil = uptime() + doubtMs;
    seen = { at: now(), upAt: uptime() };
    return uptime() >= doubtedUntil;
  };
};
