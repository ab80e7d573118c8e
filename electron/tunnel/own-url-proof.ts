import { isOwnHost } from '../hosts.ts';

/** How long a delivery proves the URL, and how often one is noted. */
const provenForMs = 24 * 60 * 60_000;
const notedEveryMs = 60_000;

export type OwnUrlProof = {
  /** When a delivery last proved the URL (epoch ms); null when none did within a day. */
  readonly provenAt: () => number | null;
  /** An accepted delivery named this Host. Returns whether it is news. */
  readonly delivered: (host: string, publicUrl: string) => boolean;
  readonly forget: () => void;
};

/**
 * Accepted deliveries as proof of a URL of the person's own: behind a router that does not lead its own address back in, the
 * probe fails although the URL works.
 */
export const createOwnUrlProof = (now: () => number): OwnUrlProof => {
  let deliveredAt = Number.NEGATIVE_INFINITY;
  return {
    provenAt: () => (now() - deliveredAt < provenForMs ? deliveredAt : null),
    delivered: (host, publicUrl) => {
      if (now() - deliveredAt < notedEveryMs) return false;
      if (!isOwnHost(host, { port: null, publicUrl, accepted: [] })) return false;
      deliveredAt = now();
      return true;
    },
    forget: () => {
      deliveredAt = Number.NEGATIVE_INFINITY;
    },
  };
};
