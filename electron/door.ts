import { type Delivery, onlyHeader } from './delivery.ts';
import { createFailureLimit } from './failure-limit.ts';
import type { EndpointWatch } from './insight/endpoints.ts';
import type { TurnedAwayCount } from './insight/turned-away.ts';
import type { OtherHosts } from './other-hosts.ts';
import {
  type Admission,
  type Arrival,
  admit,
  forwardedSender,
  isFromBrowser,
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
  readonly settings: Pick<SettingsStore, 'current' | 'areLost'>;
  readonly sources: Pick<Sources, 'at' | 'meantBy'>;
  readonly tunnel: Pick<Tunnel, 'passageOf' | 'isProbe'>;
  readonly wayIn: Pick<PublicWayIn, 'demandsProof'>;
  readonly view: Pick<StateView, 'hosts'>;
  readonly watch: Pick<EndpointWatch, 'strayed'>;
  readonly otherHosts: Pick<OtherHosts, 'seen'>;
  readonly turnedAway: TurnedAwayCount['note'];
  readonly now: () => number;
};

const knownBySettings: readonly Refused[] = ['wrong-path', 'wrong-host', 'not-through-tunnel'];

/** Who comes in as things are now: by which way, from where, and whether that one failed too often. */
export const createDoor = (options: DoorOptions) => {
  const { settings, sources, tunnel, wayIn, view, watch, otherHosts, turnedAway, now } = options;
  const limit = createFailureLimit(now);

  const arrivalOf = (head: RequestHead): Arrival => {
    const passage = tunnel.passageOf(head.headers);
    const { trustedProxies } = settings.current.receiver;
    const sender =
      passage.status === 'ours' ? passage.clientAddress : forwardedSender(head, trustedProxies);
    return { passage, sender };
  };

  /** A path that is not ours may be a guess, or a URL with a mistake in it, which its source then can tell of. */
  const wrongPath = (head: RequestHead, sender: string | null): Refused => {
    if (limit.isExceededBy(sender)) return 'too-many-failures';
    const meant = sources.meantBy(head.path);
    if (meant.length === 0) return 'wrong-path';
    if (head.method === 'POST' && !head.simulated)
      for (const { id } of meant) watch.strayed(id, now());
    return 'wrong-token';
  };

  /** Only who knows a URL of ours can make another name be told of. */
  const wrongHost = (head: RequestHead): Refused => {
    const endpoint = sources.at(head.path, now());
    const host = onlyHeader(head, 'host');
    if (endpoint && host !== undefined && head.method === 'POST' && !isFromBrowser(head))
      otherHosts.seen(host, endpoint.source.id);
    return 'wrong-host';
  };

  const refusalOf = ({ why, sender }: Refusal, head: RequestHead): Refused => {
    if (why === 'wrong-path') return wrongPath(head, sender);
    return why === 'wrong-host' ? wrongHost(head) : why;
  };

  /** While settings are lost nobody knows the URLs, and under which name they are reached (R13d). */
  const isOfLostSource = ({ path }: RequestHead, why: Refused): boolean =>
    settings.areLost && knownBySettings.includes(why) && path.startsWith('/hooks/');

  return {
    /** Whether a request is a delivery, from its head alone. Who is turned away is counted. */
    admit: (head: RequestHead): Admission => {
      const admission = admit(head, {
        hosts: view.hosts(),
        endpointAt: (path) => sources.at(path, now()),
        arrivalOf,
        demandsProof: wayIn.demandsProof(),
        isProbe: tunnel.isProbe,
      });
      if (admission.status !== 'refused') return admission;
      // A probe of ours that comes back too late is nobody's mistake.
      if (head.path.startsWith(probePrefix)) return admission;
      const why = isOfLostSource(head, admission.why)
        ? 'settings-lost'
        : refusalOf(admission, head);
      turnedAway(why, head);
      return { ...admission, why };
    },
    /** Counts a failure; true when its sender has had too many. */
    isTooMany: ({ senderAddress }: Pick<Delivery, 'senderAddress'>): boolean =>
      limit.isExceededBy(senderAddress),
  };
};

type Refusal = Extract<Admission, { readonly status: 'refused' }>;
