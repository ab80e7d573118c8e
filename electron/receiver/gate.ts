import type { Refusal } from '../../shared/refusals.ts';
import { onlyHeader } from '../delivery.ts';
import type { OwnHosts } from '../hosts.ts';
import type { SourceHealth } from '../insight/source-health.ts';
import type { Endpoint } from '../setup/endpoints.ts';
import type { SettingsStore } from '../setup/settings.ts';
import type { Sources } from '../setup/sources.ts';
import { probePrefix } from '../tunnel/policy.ts';
import type { Tunnel } from '../tunnel/tunnel.ts';
import {
  type Admission,
  type Arrival,
  admissionOf,
  forwardedSender,
  type HttpRefusal,
  isFromBrowser,
  type RequestHead,
} from './admission.ts';
import type { OtherHosts } from './other-hosts.ts';
import type { RateLimit } from './rate-limit.ts';

export type GateOptions = {
  readonly settings: Pick<SettingsStore, 'current' | 'areLost'>;
  readonly sources: Pick<Sources, 'at' | 'meantBy'>;
  /** An endpoint that exists for requests of our own simulator alone. */
  readonly simulatedAt: (path: string) => Endpoint | null;
  readonly tunnel: Pick<Tunnel, 'passageOf' | 'takeProbe' | 'withoutProof'>;
  readonly hosts: () => OwnHosts;
  /** Whether a delivery must come through our tunnel. */
  readonly demandsProof: () => boolean;
  readonly sourceHealth: Pick<SourceHealth, 'noteWrongPath'>;
  readonly otherHosts: Pick<OtherHosts, 'seen'>;
  readonly rateLimit: RateLimit;
  readonly onRefused: (why: Refusal, head: RequestHead) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

export type Gate = {
  /** Decides by a request's head alone whether it is a delivery. Reports every refusal to `onRefused`. */
  readonly admit: (head: RequestHead) => Admission;
};

const knownBySettings: readonly HttpRefusal[] = ['wrong-path', 'wrong-host', 'not-through-tunnel'];

export const createGate = (options: GateOptions): Gate => {
  const { settings, sources, tunnel, sourceHealth, otherHosts, rateLimit, onRefused, now } =
    options;

  const arrivalOf = (head: RequestHead): Arrival => {
    const passage = tunnel.passageOf(head.headers);
    const { trustedProxies } = settings.current.receiver;
    const sender =
      passage.status === 'ours' ? passage.clientAddress : forwardedSender(head, trustedProxies);
    return { passage, sender };
  };

  /** A wrong path is a guess, or a source's URL with a mistake in it. */
  const wrongPath = (head: RequestHead, sender: string | null): HttpRefusal => {
    if (rateLimit.countFailure(sender)) return 'too-many-failures';
    const meant = sources.meantBy(head.path);
    if (meant.length === 0) return 'wrong-path';
    if (head.method === 'POST' && !head.simulated)
      for (const { id } of meant) sourceHealth.noteWrongPath(id, now());
    return 'wrong-token';
  };

  /** Only a sender that knows one of our URLs can report another host name. */
  const wrongHost = (head: RequestHead): HttpRefusal => {
    const endpoint = sources.at(head.path, now());
    const host = onlyHeader(head, 'host');
    if (endpoint && host !== undefined && head.method === 'POST' && !isFromBrowser(head))
      otherHosts.seen(host, endpoint.source.id);
    return 'wrong-host';
  };

  /** While settings are lost, our URLs and host names are unknown (R13d). */
  const isOfLostSource = ({ path }: RequestHead, why: HttpRefusal): boolean =>
    settings.areLost && knownBySettings.includes(why) && path.startsWith('/hooks/');

  const reasonFor = (head: RequestHead, why: HttpRefusal, sender: string | null): HttpRefusal => {
    if (isOfLostSource(head, why)) return 'settings-lost';
    if (why === 'wrong-path') return wrongPath(head, sender);
    return why === 'wrong-host' ? wrongHost(head) : why;
  };

  return {
    admit: (head) => {
      const admission = admissionOf(head, {
        hosts: options.hosts(),
        endpointAt: endpointFor(head, options),
        arrivalOf,
        demandsProof: options.demandsProof(),
        takeProbe: tunnel.takeProbe,
        withoutProof: tunnel.withoutProof,
      });
      if (admission.status !== 'refused') return admission;
      // Our own probe, back too late.
      if (head.path.startsWith(probePrefix)) return admission;
      const why = reasonFor(head, admission.why, admission.sender);
      onRefused(why, head);
      return { ...admission, why };
    },
  };
};

const endpointFor =
  ({ simulated }: RequestHead, { sources, simulatedAt, now }: GateOptions) =>
  (path: string): Endpoint | null =>
    (simulated ? simulatedAt(path) : null) ?? sources.at(path, now());
