import { secretWords } from '../event-text.ts';
import type { Provider } from '../provider.ts';

export const info: Provider['info'] = {
  letter: 'S',
  secret: 'optional',
  secretHint: 'The webhook_secret of the webhook, base64, with or without whsec_ in front.',
  clientIdLabel: null,
  publishedAddresses: [],
  hasAccounts: false,
  steps: [
    'Create a webhook through the SimpleHash API, or in the relay that speaks its format.',
    'Give it this URL as the address to post to.',
    'Choose its event types, and the wallets, NFTs, contracts or chains it watches.',
    'Give it a webhook_secret and put the same one into this source with Change. Without a secret its deliveries are not signed.',
  ],
  afterGap: 'SimpleHash documents no retry: deliveries in a gap are lost.',
  silenceCauses: [
    'SimpleHash ended its service on 27 March 2025: only a relay that speaks its format still sends.',
    'The relay has stopped, or posts to an old URL.',
  ],
  note: 'SimpleHash ended its service on 27 March 2025, so this is for replays and for relays that speak its format.',
};

export const explain: Provider['explain'] = (proof, { simulated }) =>
  proof.status === 'verified'
    ? {
        checked: [
          'The signature fits the id, the time and the body, byte for byte.',
          secretWords(proof.secret, simulated),
          'It was signed within five minutes of its arrival.',
        ],
        unproven: [
          'The address of the sender is not checked: SimpleHash published none.',
          'What is said about the chain is not looked up there.',
        ],
      }
    : {
        checked: ['The token in the URL is right.'],
        unproven: [
          'Not signed: whoever knows the URL could have sent this. Signature headers, if any came, were ignored, because this source had no secret.',
          'What is said about the chain is not looked up there.',
        ],
      };
