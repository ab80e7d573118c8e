import type { Proof } from '../../../shared/event.ts';
import type { Provider } from '../provider.ts';
import { publishedAddresses } from './address.ts';

export const info: Provider['info'] = {
  letter: 'V',
  secret: 'none',
  secretHint: null,
  clientIdLabel: 'Client ID',
  publishedAddresses: [...publishedAddresses],
  hasAccounts: true,
  steps: [
    'Open the Vezgo client portal and go to API Keys.',
    'Copy the client ID of the key. It has to be the one in this source.',
    'Paste this URL as the Webhook URL of that key. Each key has its own.',
    'Treat the URL like a password: Vezgo signs nothing, so the URL is the only secret there is.',
  ],
  afterGap:
    'Vezgo documents no retry: deliveries in a gap are lost, and the next daily sync reports the state again.',
  silenceCauses: [
    'Vezgo sends webhooks on its premium plan only: the plan may have changed, or webhooks were switched off.',
    'The API key has an old Webhook URL, or none. Each key has its own.',
    'The account was removed at Vezgo, which sends no event for that.',
    'Vezgo does not promise a webhook for every sync.',
  ],
  note: 'Vezgo sends webhooks on its premium plan only, and does not sign them.',
};

export const explain: Provider['explain'] = (proof, { simulated }) => ({
  checked: ['The token in the URL is right.', ...checkedOf(proof)],
  unproven: [
    'Not signed by the provider: whoever knows the URL could have sent this.',
    ...unprovenOf(proof, simulated),
  ],
});

function checkedOf(proof: Proof): string[] {
  if (proof.status !== 'trusted') return [];
  return [
    ...(proof.clientId === 'matched' ? ['The client id was the one of this source.'] : []),
    ...(proof.address === 'allowed' ? ["The sender's address was on the list."] : []),
  ];
}

function unprovenOf(proof: Proof, simulated: boolean): string[] {
  if (proof.status !== 'trusted') return [];
  return [
    ...(proof.clientId === 'matched'
      ? ['The client id is no secret: browsers that use Vezgo send it too.']
      : []),
    ...(proof.clientId === 'not-used'
      ? ['No client id was set for this source, so none was compared.']
      : []),
    ...(proof.clientId === 'not-told'
      ? ['Whether the client id was compared is not known: the export does not say.']
      : []),
    ...(proof.address === 'unknown'
      ? ["The sender's address was not checked: it cannot be known the way this delivery came."]
      : []),
    ...(proof.address === 'not-used' ? [uncheckedAddress(simulated)] : []),
    ...(proof.address === 'not-told'
      ? ["Whether the sender's address was checked is not known: the export does not say."]
      : []),
  ];
}

/** A simulated delivery comes from this computer, which no provider's list contains. */
const uncheckedAddress = (simulated: boolean): string =>
  simulated
    ? "The sender's address was not checked: Hookbell's own simulator sent it, from this computer."
    : "The sender's address was not checked: the check was off for this source.";
