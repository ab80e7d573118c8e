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
 * Whether the wall clock may decide what is too old. After a jump ahead of more than a day it is doubted for an hour: a wrong clock is
 * mostly set right within minutes, and removed entries would be gone.
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
