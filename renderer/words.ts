import type { RejectionReason } from '../shared/quarantine.ts';

const counting = new Intl.NumberFormat('en-GB');

export const number = (value: number): string => counting.format(value);

/** "1 event", "1,204 events". */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** "812 bytes", "1.5 KiB", "2.0 MiB". */
export function size(bytes: number): string {
  if (bytes < 1_024) return count(bytes, 'byte');
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(1)} KiB`;
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** "a, b and c". */
export const list = (items: string[]): string =>
  items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Why a delivery was not believed, in the few words that fit a row. */
export function rejection(reason: RejectionReason): string {
  switch (reason) {
    case 'secret-not-set':
      return 'no secret is set';
    case 'signature-missing':
      return 'signature missing';
    case 'signature-malformed':
      return 'signature unreadable';
    case 'signature-wrong':
      return 'signature wrong';
    case 'timestamp-missing':
      return 'time stamp missing';
    case 'timestamp-stale':
      return 'time stamp too far off';
    case 'client-id-missing':
      return 'client id missing';
    case 'client-id-wrong':
      return 'client id wrong';
    case 'address-not-allowed':
      return 'address not allowed';
    case 'body-unreadable':
      return 'body unreadable';
    case 'body-too-large':
      return 'body too large';
    case 'content-type':
      return 'not sent as JSON';
    case 'content-encoding':
      return 'sent compressed';
  }
}

/** What to look at first when deliveries are rejected for this reason. */
export function rejectionRemedy(reason: RejectionReason): string {
  switch (reason) {
    case 'secret-not-set':
      return 'Paste the secret from the portal.';
    case 'signature-missing':
    case 'signature-malformed':
    case 'signature-wrong':
      return 'Was the secret rotated? Paste the one the portal shows now.';
    case 'timestamp-missing':
    case 'timestamp-stale':
      return "Check this computer's clock.";
    case 'client-id-missing':
    case 'client-id-wrong':
      return 'Compare the client id with the one in the portal.';
    case 'address-not-allowed':
      return 'Compare the allowed addresses with the published ones.';
    case 'body-unreadable':
    case 'body-too-large':
    case 'content-type':
    case 'content-encoding':
      return 'Open one in Health to see what was sent.';
  }
}
