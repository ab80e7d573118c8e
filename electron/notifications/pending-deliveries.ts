import type { Delivery } from '../delivery.ts';
import type { Reception } from '../receiver/pipeline.ts';
import type { Schedule } from '../schedule.ts';
import type { StoredSource } from '../setup/settings.ts';

export type PendingDelivery = {
  readonly source: StoredSource;
  readonly delivery: Pick<Delivery, 'headers' | 'receivedAt' | 'simulated'>;
  readonly reception: Reception;
  /** It came out of the quarantine. */
  readonly readmitted: boolean;
};

const retryMs = 5000;

/**
 * Applies deliveries in a later turn, in the order of the history, so that answers go out first. Waits for `ready`, and tries again after
 * 5 s where it rejects.
 */
export const createPendingDeliveries = (
  schedule: Schedule,
  ready: () => Promise<void>,
  applyAll: (deliveries: readonly PendingDelivery[]) => void,
): ((delivery: PendingDelivery) => void) => {
  let pending: PendingDelivery[] = [];

  const apply = (): void => {
    const deliveries = inOrder(pending);
    pending = [];
    applyAll(deliveries);
  };
  const applyIn = (ms: number): void =>
    void schedule(ms, () => void ready().then(apply, () => applyIn(retryMs)));

  return (delivery) => {
    if (pending.length === 0) applyIn(0);
    pending.push(delivery);
  };
};

const inOrder = (deliveries: readonly PendingDelivery[]): PendingDelivery[] => {
  const seqOf = ({ reception }: PendingDelivery) =>
    reception.outcome === 'recorded' ? reception.entry.seq : null;
  const recorded = deliveries.filter((one) => seqOf(one) !== null);
  recorded.sort((one, other) => (seqOf(one) ?? 0) - (seqOf(other) ?? 0));
  return deliveries.map((one) => (seqOf(one) === null ? one : (recorded.shift() ?? one)));
};
