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
  /** Judges and records one delivery as if it came now, dated when it really came; null when it is still not believed. */
  readonly admit: (source: StoredSource, delivery: Delivery) => Promise<Admitted | null>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** Looks at the quarantine of a source again after it was changed, oldest first, and admits what now verifies; nothing while that could not be noted. Settles with what it admitted. */
export const createRecheck =
  ({ quarantine, admit, now }: RecheckOptions) =>
  async (source: StoredSource): Promise<Admitted[]> => {
    const admitted: Admitted[] = [];
    if (!quarantine.canRelease()) return admitted;
    for await (const record of quarantine.oldestFirst(now())) {
      if (record.sourceId !== source.id || record.cut || !correctable.has(record.reason)) continue;
      const found = await admit(source, deliveryOf(record));
      if (!found) continue;
      quarantine.release(record.seq);
      admitted.push(found);
    }
    return admitted;
  };

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
