import type { Delivery } from './delivery.ts';
import { createFailureLimit } from './failure-limit.ts';
import { type Admission, admit, answers, forwardedSender, type RequestHead } from './receiving.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { Sources } from './setup/sources.ts';
import type { StateView } from './state-view.ts';
import type { Tunnel } from './tunnel/tunnel.ts';
import type { PublicWayIn } from './way-in.ts';

export type DoorOptions = {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly sources: Pick<Sources, 'at'>;
  readonly tunnel: Pick<Tunnel, 'passageOf' | 'isProbe'>;
  readonly wayIn: Pick<PublicWayIn, 'demandsProof'>;
  readonly view: Pick<StateView, 'hosts'>;
  readonly now: () => number;
};

/** Who comes in as things are now: by which way, from where, and whether that one failed too often. */
export const createDoor = ({ settings, sources, tunnel, wayIn, view, now }: DoorOptions) => {
  const limit = createFailureLimit(now);

  const senderOf = (head: RequestHead): string | null => {
    const passage = tunnel.passageOf(head.headers);
    return passage.status === 'ours'
      ? passage.clientAddress
      : forwardedSender(head, settings.current.receiver.trustedProxies);
  };

  return {
    /** The sender's address, where it can be known. */
    senderOf,
    /** Whether a request is a delivery, from its head alone. */
    admit: (head: RequestHead): Admission => {
      const passage = tunnel.passageOf(head.headers);
      const admission = admit(head, {
        hosts: view.hosts(),
        endpointAt: (path) => sources.at(path, now()),
        throughTunnel: passage.status === 'ours',
        demandsProof: wayIn.demandsProof(),
        isProbe: tunnel.isProbe(head.path, passage),
      });
      const isGuess = admission.status === 'answered' && admission.answer === answers.notFound;
      return isGuess && limit.isExceededBy(senderOf(head))
        ? { status: 'answered', answer: answers.tooMany }
        : admission;
    },
    /** Counts a refusal; true when its sender has had too many. */
    isTooMany: ({ senderAddress }: Pick<Delivery, 'senderAddress'>): boolean =>
      limit.isExceededBy(senderAddress),
  };
};
