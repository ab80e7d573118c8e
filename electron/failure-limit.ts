const windowMs = 60_000;
const mostFailures = 20;
const mostAddresses = 10_000;

/**
 * Counts failed requests by the client address that a proxy or tunnel told us (R13). Only failures are ever limited: what verifies is
 * always taken. A local program is not limited, its address says nothing, and guessing a 256-bit token is not worth a try.
 */
export const createFailureLimit = (now: () => number) => {
  const failures = new Map<string, number[]>();

  const recentOf = (address: string): number[] =>
    (failures.get(address) ?? []).filter((at) => Math.abs(now() - at) < windowMs);

  return {
    /** Counts a failure of this address; true when it has had too many within a minute. Null is nobody's address. */
    isExceededBy: (address: string | null): boolean => {
      if (address === null) return false;
      const recent = recentOf(address);
      failures.delete(address);
      failures.set(address, [...recent.slice(-mostFailures), now()]);
      const [oldest] = failures.keys();
      if (failures.size > mostAddresses && oldest !== undefined) failures.delete(oldest);
      return recent.length >= mostFailures;
    },
  };
};
