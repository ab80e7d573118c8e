import { type Delivery, onlyHeader } from './delivery.ts';
import { type Later, within } from './later.ts';
import type { OldUrls } from './old-urls.ts';
import type { createPipeline } from './pipeline.ts';
import type { Answer } from './receiving.ts';
import type { Endpoint, Sources } from './setup/sources.ts';
import { keyringPatienceMs, type Vault } from './setup/vault.ts';
import type { Tunnel } from './tunnel/tunnel.ts';

export type ReceiveOptions = {
  readonly sources: Pick<Sources, 'isLocked'>;
  readonly vault: Pick<Vault, 'opened'>;
  readonly pipeline: Pick<ReturnType<typeof createPipeline>, 'receive'>;
  readonly oldUrls: Pick<OldUrls, 'arrived'>;
  readonly tunnel: Pick<Tunnel, 'delivered'>;
  readonly later: Later;
};

/** Settles with the answer once the delivery is safe, or not taken. */
export const createReceive =
  ({ sources, vault, pipeline, oldUrls, tunnel, later }: ReceiveOptions) =>
  async ({ source, until }: Endpoint, delivery: Delivery, tooLarge: boolean): Promise<Answer> => {
    // The keyring may be about to answer (K5). What needs none is answered at once.
    if (sources.isLocked(source)) await within(later, keyringPatienceMs, vault.opened());
    const answer = await pipeline.receive(source, delivery, tooLarge);
    // Only an accepted delivery proves which URL the portal uses.
    if (answer.status === 200 && !delivery.simulated) {
      oldUrls.arrived(source.id, until);
      tunnel.delivered(onlyHeader(delivery, 'host') ?? '');
    }
    return answer;
  };
