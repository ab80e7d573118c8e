import type { ProviderEvent } from '../../../shared/event.ts';
import { secretWords } from '../event-text.ts';
import type { Provider } from '../provider.ts';

export const info: Provider['info'] = {
  letter: 'K',
  secret: 'required',
  secretHint: 'The signing secret the portal shows once, when you create the webhook or rotate it.',
  clientIdLabel: null,
  publishedAddresses: [],
  hasAccounts: true,
  steps: [
    'Open the Kryptos developer portal and choose your workspace.',
    'Add a webhook to it.',
    'Paste this URL as its endpoint. Kryptos demands https: while the URL begins with http, set up the public way in under Settings first.',
    'Tick the events you want. Hookbell knows all ten of integration, transfer_detection and costbasis.',
    'Create it, copy the signing secret, which is shown only once, and put it into this source with Change.',
  ],
  afterGap:
    'Kryptos tries three times in quick succession: deliveries in a long gap are probably lost.',
  silenceCauses: [
    'A Connect grant was revoked: Kryptos ends the events of its user without saying so.',
    'The webhook was disabled or deleted in the developer portal.',
    'The webhook posts to an old URL: compare its endpoint with the URL of this source.',
    'The events it came with were unticked in the portal.',
  ],
  note: null,
};

export const explain: Provider['explain'] = (proof, { event, simulated }) => ({
  checked:
    proof.status === 'verified'
      ? ['The signature fits the body, byte for byte.', secretWords(proof.secret, simulated)]
      : ['The token in the URL is right.'],
  unproven: [
    ...ambiguities(event),
    'The headers are not signed: the event, the id and the times are taken from the body alone.',
    'The time of sending is not signed, so a recorded delivery can be sent again; the id in the signed body reveals a duplicate.',
    'The address of the sender is not checked: Kryptos publishes none.',
  ],
});

/** Two statuses of Kryptos are ambiguous (https://docs.kryptos.io/docs/webhooks/events). */
function ambiguities(event: ProviderEvent | null): string[] {
  if (event?.kind === 'sync.completed' && event.severity === 'success')
    return ['Kryptos also calls a sync completed when only a part of it was.'];
  return event?.kind === 'sync.failed'
    ? ['Kryptos also calls a sync failed when a person cancelled it.']
    : [];
}
