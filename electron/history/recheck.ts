import type { Proof } from '../../shared/event.ts';
import type { CameAfter } from '../../shared/place.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';
import type { Delivery } from '../delivery.ts';
import type { Admitted } from '../pipeline.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Quarantine } from './quarantine.ts';
import { bytesOf, type QuarantineRecord } from './record.ts';

/**
 * Whether a proof settles what a delivery was rejected for (R13c): the very check that failed has to succeed, and is not settled
 * by being switched off. What was the request's own fault is never settled.
 */
export const settles = (proof: Proof, reason: RejectionReason): boolean => {
  switch (reason) {
    case 'secret-not-set':
    case 'signature-missing':
    case 'signature-malformed':
    case 'signature-wrong':
    case 'timestamp-missing':
    case 'timestamp-stale':
      return proof.status === 'verified';
    case 'client-id-missing':
    case 'client-id-wrong':
      return proof.status === 'trusted' && proof.clientId === 'matched';
    case 'address-not-allowed':
      return proof.status === 'trusted' && proof.address === 'allowed';
    case 'body-unreadable':
    case 'body-too-large':
    case 'content-type':
    case 'content-encoding':
      return false;
  }
};

export type RecheckOptions = {
  readonly quarantine: Quarantine;
  /** Judges and records one delivery as if it came now, dated and placed when it really came; null when it is still not believed, or its proof does not suffice. */
  readonly admit: (
    source: StoredSource,
    delivery: Delivery,
    cameAfter: CameAfter | undefined,
    suffices: (proof: Proof) => boolean,
  ) => Promise<Admitted | null>;
  /** Told of each at once, between what comes in as ever: whoever is told later would take it for older than it is. */
  readonly onAdmitted: (source: StoredSource, delivery: Delivery, admitted: Admitted) => void;
  /** How many new entries were made of them; also where the disk refused to go on. */
  readonly onDone: (source: StoredSource, entries: number) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * Looks at the quarantine of a source again after it was changed, oldest first, and admits what now verifies; nothing while that could
 * not be noted. Rejects with the system's error when the disk refuses.
 */
export const createRecheck =
  ({ quarantine, admit, onAdmitted, onDone, now }: RecheckOptions) =>
  async (source: StoredSource): Promise<void> => {
    if (!quarantine.canRelease()) return;
    let entries = 0;
    try {
      for await (const record of quarantine.oldestFirst(now())) {
        const { sourceId, provider, reason, cut } = record;
        // Another provider would judge it by rules that it was not sent under.
        if (sourceId !== source.id || provider !== source.provider || cut) continue;
        const delivery = deliveryOf(record);
        const admitted = await admit(source, delivery, cameAfter(record), (proof) =>
          settles(proof, reason),
        );
        if (!admitted) continue;
        onAdmitted(source, delivery, admitted);
        quarantine.release(record.seq);
        if (admitted.outcome === 'recorded') entries += 1;
      }
    } finally {
      onDone(source, entries);
    }
  };

const cameAfter = ({ seq, newestEntry }: QuarantineRecord): CameAfter | undefined =>
  newestEntry === undefined ? undefined : [newestEntry, seq];

/** A rejected delivery as it came. */
export const deliveryOf = (record: QuarantineRecord): Delivery => {
  const { id, receivedAt, headers, body, senderAddress, peerAddress } = record;
  return {
    id,
    receivedAt,
    headers,
    body: bytesOf(body),
    senderAddress,
    peerAddress,
    simulated: record.simulated ?? false,
  };
};
