import type { Delivery } from './delivery.ts';
import { createFailureLimit } from './failure-limit.ts';
import type { EndpointWatch } from './insight/endpoints.ts';
import type { TurnedAwayCount } from './insight/turned-away.ts';
import {
  type Admission,
  admit,
  forwardedSender,
  type Refused,
  type RequestHead,
} from './receiving.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { Sources } from './setup/sources.ts';
import type { StateView } from './state-view.ts';
import { probePrefix } from './tunnel/policy.ts';
import type { Tunnel } from './tunnel/tunnel.ts';
import type { PublicWayIn } from './way-in.ts';

export type DoorOptions = {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly sources: Pick<Sources, 'at' | 'meantBy'>;
  readonly tunnel: Pick<Tunnel, 'passageOf' | 'isProbe'>;
  readonly wayIn: Pick<PublicWayIn, 'demandsProof'>;
  readonly view: Pick<StateView, 'hosts'>;
  readonly watch: Pick<EndpointWatch, 'strayed'>;
  readonly turnedAway: Pick<TurnedAwayCount, 'note'>;
  readonly now: () => number;
};

/** Who comes in as things are now: by which way, from where, and whether that one failed too often. */
export const createDoor = (options: DoorOptions) => {
  const { settings, sources, tunnel, wayIn, view, watch, turnedAway, now } = options;
  const limit = createFailureLimit(now);

  const senderOf = (head: RequestHead): string | null => {
    const passage = tunnel.passageOf(head.headers);
    return passage.status === 'ours'
      ? passage.clientAddress
      : forwardedSender(head, settings.current.receiver.trustedProxies);
  };

  /** A path that is not ours may be a guess, or a URL with a mistake in it, which its source then can tell of. */
  const wrongPath = (head: RequestHead): Refused => {
    if (limit.isExceededBy(senderOf(head))) return 'too-many-failures';
    const meant = sources.meantBy(head.path);
    if (meant.length === 0) return 'wrong-path';
    if (head.method === 'POST' && !head.simulated)
      for (const { id } of meant) watch.strayed(id, now());
    return 'wrong-token';
  };

  return {
    /** The sender's address, where it can be known. */
    senderOf,
    /** Whether a request is a delivery, from its head alone. Who is turned away is counted. */
    admit: (head: RequestHead): Admission => {
      const passage = tunnel.passageOf(head.headers);
      const admission = admit(head, {
        hosts: view.hosts(),
        endpointAt: (path) => sources.at(path, now()),
        throughTunnel: passage.status === 'ours',
        demandsProof: wayIn.demandsProof(),
        isProbe: tunnel.isProbe(head.path, passage),
      });
      if (admission.status !== 'refused') return admission;
      // A probe of ours that comes back too late is nobody's mistake.
      if (head.path.startsWith(probePrefix)) return admission;
      const why = admission.why === 'wrong-path' ? wrongPath(head) : admission.why;
      turnedAway.note(why, head);
      return { status: 'refused', why };
    },
    /** Counts a failure; true when its sender has had too many. */
    isTooMany: ({ senderAddress }: Pick<Delivery, 'senderAddress'>): boolean =>
      limit.isExceededBy(senderAddress),
  };
};
