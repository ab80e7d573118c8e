import type { RejectionReason } from '../shared/quarantine.ts';

const sentences: Record<RejectionReason, string> = {
  'secret-not-set': 'No secret is set for this source yet, so its signature could not be checked.',
  'signature-missing': 'It carries no signature, although this provider signs everything it sends.',
  'signature-malformed': 'Its signature is not in the form this provider uses.',
  'signature-wrong':
    'Its signature fits none of the secrets of this source. Was the secret rotated?',
  'timestamp-missing': 'It does not say when it was signed.',
  'timestamp-stale':
    'It was signed too long before or after it arrived. Is the clock of this computer right?',
  'client-id-missing': 'It carries no client id.',
  'client-id-wrong': 'Its client id is not the one set for this source.',
  'address-not-allowed': 'It came from an address that is not on the list of this source.',
  'body-unreadable': 'Its body is empty or not a JSON object.',
  'body-too-large': 'Its body is larger than 2 MiB.',
  'content-type': 'Its content type is not JSON.',
  'content-encoding': 'Its body is compressed, which no provider does.',
};

/** Why a delivery was not believed, in a sentence, with what was measured in brackets. */
export const explainRejection = (reason: RejectionReason, detail: string | null): string =>
  detail === null ? sentences[reason] : `${sentences[reason]} (${detail})`;
