import type { CameAfter } from '../../shared/place.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';
import type { Delivery } from '../delivery.ts';
import type { Admitted } from '../pipeline.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Quarantine } from './quarantine.ts';
import { bytesOf, type QuarantineRecord } from './record.ts';

/** Reasons that a corrected source can do away with; the others are the request's own fault. */
const correctable: ReadonlySet<RejectionReason> = new Set([
  'secret-not-set',
  'signature-missing',
  'signature-malformed',
  'signature-wrong',
  'timestamp-stale',
  'client-id-missing',
  'client-id-wrong',
  'address-not-allowed',
]);

export type RecheckOptions = {
  readonly quarantine: Quarantine;
  /** Judges and records one delivery as if it came now, dated and placed when it really came; null when it is still not believed. */
  readonly admit: (
    source: StoredSource,
    delivery: Delivery,
    cameAfter: CameAfter | undefined,
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
        const isOurs = record.sourceId === source.id && !record.cut;
        if (!isOurs || !correctable.has(record.reason)) continue;
        const delivery = deliveryOf(record);
        const admitted = await admit(source, delivery, cameAfter(record));
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

const deliveryOf = (record: QuarantineRecord): Delivery => {
  const { id, receivedAt, headers, body, senderAddress, peerAddress } = record;
  return {
    id,
    receivedAt,
    headers,
    body: bytesOf(body),
    senderAddress,
    peerAddress,
    simulated: false,
  };
};
