import type { Proof } from '../../shared/event.ts';
import type { InsertAfter } from '../../shared/insert-after.ts';
import type { RejectionReason } from '../../shared/quarantine.ts';
import type { Delivery } from '../delivery.ts';
import type { Quarantine } from '../history/quarantine.ts';
import { deliveryOf, type QuarantineRecord } from '../history/record.ts';
import type { StoredSource } from '../setup/settings.ts';
import type { Admitted, Pipeline } from './pipeline.ts';

/** Whether a proof settles the reason for a rejection (R13c): the check that failed must succeed. Switching it off settles nothing. */
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

/** A rejected delivery that is accepted now. */
export type Readmitted = {
  readonly source: StoredSource;
  readonly delivery: Delivery;
  readonly admitted: Admitted;
};

export type RecheckOptions = {
  readonly quarantine: Quarantine;
  readonly admit: Pipeline['admitAgain'];
  /** Called for each at once, in order with deliveries that arrive meanwhile. */
  readonly onReadmitted: (readmitted: Readmitted) => void;
  /** Called at the end with the number of new entries, also after an error. */
  readonly onDone: (source: StoredSource, entries: number) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * Checks the quarantine of a changed source again, oldest first. Does nothing while the disk cannot record a release. Rejects with the
 * system's error.
 */
export const createRecheck =
  ({ quarantine, admit, onReadmitted, onDone, now }: RecheckOptions) =>
  async (source: StoredSource): Promise<void> => {
    if (!quarantine.canRelease()) return;
    let entries = 0;
    try {
      for await (const record of quarantine.oldestFirst(now())) {
        const { sourceId, provider, reason, cut } = record;
        // Another provider has other rules.
        if (sourceId !== source.id || provider !== source.provider || cut) continue;
        const delivery = deliveryOf(record);
        const admitted = await admit(source, delivery, placeOf(record), (proof) =>
          settles(proof, reason),
        );
        if (!admitted) continue;
        onReadmitted({ source, delivery, admitted });
        quarantine.release(record.seq);
        if (admitted.outcome === 'recorded') entries += 1;
      }
    } finally {
      onDone(source, entries);
    }
  };

const placeOf = ({ seq, newestEntry }: QuarantineRecord): InsertAfter | undefined =>
  newestEntry === undefined ? undefined : [newestEntry, seq];
