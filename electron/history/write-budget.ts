const windowMs = 60_000;

/** What rejected deliveries may write within a minute, in bytes. */
export const rejectedBytesPerMinute = 8 * 1024 * 1024;
/** The smallest write costs a block of the disk. */
const blockBytes = 4096;

/**
 * The bytes that rejected deliveries may write within a minute (R13). Half of it is for those that look genuine, so that noise
 * alone cannot use it up. Times are epoch ms; a clock that was set back begins a new minute.
 */
export const createWriteBudget = (bytesPerMinute = rejectedBytesPerMinute) => {
  let begunAt = Number.NEGATIVE_INFINITY;
  let spent = 0;
  let spentOnNoise = 0;

  return {
    /** Spends the bytes where there are enough; false where the delivery is only to be counted. */
    spend: (bytes: number, plausible: boolean, at: number): boolean => {
      if (Math.abs(at - begunAt) >= windowMs) [begunAt, spent, spentOnNoise] = [at, 0, 0];
      const cost = Math.max(bytes, blockBytes);
      if (spent + cost > bytesPerMinute) return false;
      if (!plausible && spentOnNoise + cost > bytesPerMinute / 2) return false;
      spent += cost;
      if (!plausible) spentOnNoise += cost;
      return true;
    },
  };
};
