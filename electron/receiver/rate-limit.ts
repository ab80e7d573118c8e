import { senderKey } from '../addresses.ts';

const windowMs = 60_000;
const mostFailures = 20;
const mostSenders = 10_000;

export type RateLimit = {
  /** Counts a failure of this address; true when its sender is over the limit of 20 within a minute. Null is an unknown sender. */
  readonly countFailure: (address: string | null) => boolean;
};

/**
 * Limits failed requests by the client address that a proxy or tunnel names (R13). A local program is not limited, because it cannot guess
 * a 256-bit token. `now` is epoch ms.
 */
export const createRateLimit = (now: () => number): RateLimit => {
  const failures = new Map<string, number[]>();

  const recentOf = (sender: string): number[] =>
    (failures.get(sender) ?? []).filter((at) => Math.abs(now() - at) < windowMs);

  return {
    countFailure: (address) => {
      const sender = address === null ? null : senderKey(address);
      if (sender === null) return false;
      const recent = recentOf(sender);
      failures.delete(sender);
      failures.set(sender, [...recent.slice(-mostFailures), now()]);
      const [oldest] = failures.keys();
      if (failures.size > mostSenders && oldest !== undefined) failures.delete(oldest);
      return recent.length >= mostFailures;
    },
  };
};
