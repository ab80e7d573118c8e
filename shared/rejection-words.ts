import type { RejectionCount, RejectionReason } from './quarantine.ts';
import { decisiveReason, isMendable, isSignature, rejectionCounts } from './rejections.ts';

type RejectionWords = {
  short: string;
  sentence: string;
  /** Stands after the sentence in place of the remedy. */
  question?: string;
  remedy: string;
};

const words: { readonly [R in RejectionReason]: RejectionWords } = {
  'secret-not-set': {
    short: 'no secret is set',
    sentence: 'No secret is set for this source yet, so its signature could not be checked.',
    remedy: 'Paste the secret from the portal.',
  },
  'signature-missing': {
    short: 'signature missing',
    sentence: 'It carries no signature, although this provider signs everything it sends.',
    remedy: 'Was the secret rotated? Paste the one the portal shows now.',
  },
  'signature-malformed': {
    short: 'signature unreadable',
    sentence: 'Its signature is not in the form this provider uses.',
    remedy: 'Was the secret rotated? Paste the one the portal shows now.',
  },
  'signature-wrong': {
    short: 'signature wrong',
    sentence: 'Its signature fits none of the secrets of this source.',
    question: 'Was the secret rotated?',
    remedy: 'Was the secret rotated? Paste the one the portal shows now.',
  },
  'timestamp-missing': {
    short: 'time stamp missing',
    sentence: 'It does not say when it was signed.',
    remedy: "Check this computer's clock.",
  },
  'timestamp-stale': {
    short: 'time stamp too far off',
    sentence: 'It was signed too long before or after it arrived.',
    question: 'Is the clock of this computer right?',
    remedy: "Check this computer's clock.",
  },
  'client-id-missing': {
    short: 'client id missing',
    sentence: 'It carries no client id.',
    remedy: 'Compare the client id with the one in the portal.',
  },
  'client-id-wrong': {
    short: 'client id wrong',
    sentence: 'Its client id is not the one set for this source.',
    remedy: 'Compare the client id with the one in the portal.',
  },
  'address-not-allowed': {
    short: 'address not allowed',
    sentence: 'It came from an address that is not on the list of this source.',
    remedy: 'Compare the allowed addresses with the published ones.',
  },
  'body-unreadable': {
    short: 'body unreadable',
    sentence: 'Its body is empty or not a JSON object.',
    remedy: 'Open one in Health to see what was sent.',
  },
  'body-too-large': {
    short: 'body too large',
    sentence: 'Its body is larger than 2 MiB.',
    remedy: 'Open one in Health to see what was sent.',
  },
  'content-type': {
    short: 'not sent as JSON',
    sentence: 'Its content type is not JSON.',
    remedy: 'Open one in Health to see what was sent.',
  },
  'content-encoding': {
    short: 'sent compressed',
    sentence: 'Its body is compressed, which no provider does.',
    remedy: 'Open one in Health to see what was sent.',
  },
};

/** Why a delivery was rejected, in the few words that fit a row. */
export const rejection = (reason: RejectionReason): string => words[reason].short;

/** What to look at first when deliveries are rejected for this reason. */
export const rejectionRemedy = (reason: RejectionReason): string => words[reason].remedy;

/** One rejection in sentences: why, with `detail` (what was measured) in brackets, and what helps. */
export function rejectionSentences(
  reason: RejectionReason,
  detail: string | null,
): { why: string; remedy: string } {
  const { sentence, question, remedy } = words[reason];
  const why = question === undefined ? sentence : `${sentence} ${question}`;
  return {
    why: detail === null ? why : `${why} (${detail})`,
    remedy: question === undefined ? remedy : '',
  };
}

export type RejectionRun = {
  why: string;
  remedy: string;
  isMendable: boolean;
};

const relayFirst =
  'Does a relay at your public URL rewrite the body? It has to pass it on byte for byte. If it does: was the secret rotated?';

/** A run of rejections. `unprovenRelay` as in the reason `deliveries-rejected`. */
export function rejectionRun(
  reasons: readonly RejectionCount[],
  unprovenRelay: boolean,
): RejectionRun {
  const decisive = decisiveReason(reasons);
  const [only, ...others] = reasons;
  const isAlone = only !== undefined && others.length === 0;
  const remedy = decisive === null ? '' : rejectionRemedy(decisive);
  return {
    why: isAlone ? rejection(only.reason) : rejectionCounts(reasons),
    remedy: unprovenRelay && isSignature(decisive) ? relayFirst : remedy,
    isMendable: decisive !== null && isMendable(decisive),
  };
}
