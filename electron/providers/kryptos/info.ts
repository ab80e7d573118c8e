import type { ProviderEvent } from '../../../shared/event.ts';
import type { Provider } from '../provider.ts';
import { secretWords } from '../telling.ts';

export const info: Provider['info'] = {
  letter: 'K',
  secret: 'required',
  secretHint: 'The signing secret the portal shows once, when you create the webhook or rotate it.',
  clientIdLabel: null,
  publishedAddresses: [],
  steps: [
    'Open the Kryptos developer portal and choose your workspace.',
    'Add a webhook to it.',
    'Paste this URL as its endpoint. Kryptos demands https: while the URL begins with http, set up the public way in under Settings first.',
    'Tick the events you want. Hookbell knows all ten of integration, transfer_detection and costbasis.',
    'Create it, copy the signing secret, which is shown only once, and put it into this source with Change.',
  ],
  afterGap:
    'Kryptos tries three times in all, soon after each other: what it sent in a long gap is probably lost.',
  note: null,
};

export const explain: Provider['explain'] = (proof, { event }) => ({
  checked:
    proof.status === 'verified'
      ? ['The signature fits the body, byte for byte.', secretWords(proof.secret)]
      : ['The token in the URL is right.'],
  unproven: [
    ...notTold(event),
    'The headers are not signed: the event, the id and the times are taken from the body alone.',
    'The time of sending is not signed, so a recorded delivery can be sent again; the id in the signed body gives a repeat away.',
    'The address of the sender is not checked: Kryptos publishes none.',
  ],
});

/** What two of its statuses leave open (P2, P4). */
function notTold(event: ProviderEvent | null): string[] {
  if (event?.kind === 'sync.completed' && event.severity === 'success')
    return ['Kryptos also calls a sync completed when only a part of it was.'];
  return event?.kind === 'sync.failed'
    ? ['Kryptos also calls a sync failed when somebody cancelled it.']
    : [];
}
