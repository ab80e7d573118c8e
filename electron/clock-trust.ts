export type ClockTrustOptions = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Ms of a clock that nobody can set. */
  readonly steady: () => number;
  /** The last sign of life before this start, epoch ms; null when there is none. */
  readonly lastSeenAt: number | null;
};

const strangeMs = 24 * 60 * 60 * 1000;
const doubtMs = 60 * 60 * 1000;

/**
 * Whether the wall clock may decide what is too old to keep. A computer whose clock went ahead by more than a day was switched off or
 * asleep, or its clock is wrong: most are set right within minutes, and what was removed meanwhile would be gone. So it is doubted
 * for an hour.
 */
export const createClockTrust = ({ now, steady, lastSeenAt }: ClockTrustOptions) => {
  let seen = { at: lastSeenAt ?? now(), steadyAt: steady() };
  let doubtedUntil = Number.NEGATIVE_INFINITY;

  return (): boolean => {
    const passed = steady() - seen.steadyAt;
    if (now() - seen.at - passed > strangeMs) doubtedUntil = steady() + doubtMs;
    seen = { at: now(), steadyAt: steady() };
    return steady() >= doubtedUntil;
  };
};
