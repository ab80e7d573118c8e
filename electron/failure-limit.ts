import { senderKey } from './addresses.ts';

const windowMs = 60_000;
const mostFailures = 20;
const mostSenders = 10_000;

/**
 * Counts failed requests by the client address that a proxy or tunnel told us (R13). Only failures are ever limited: what verifies is
 * always taken. A local program is not limited, its address says nothing, and guessing a 256-bit token is not worth a try.
 */
export const createFailureLimit = (now: () => number) => {
  const failures = new Map<string, number[]>();

  const recentOf = (sender: string): number[] =>
    (failures.get(sender) ?? []).filter((at) => Math.abs(now() - at) < windowMs);

  return {
    /** Counts a failure of this address; true when its sender has had too many within a minute. Null is nobody's address. */
    isExceededBy: (address: string | null): boolean => {
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
