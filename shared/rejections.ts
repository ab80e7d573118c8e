import type { RejectionCount, RejectionReason } from './quarantine.ts';

const named: Readonly<Record<RejectionReason, string>> = {
  'secret-not-set': 'without a secret to check it by',
  'signature-missing': 'without a signature',
  'signature-malformed': 'with an unreadable signature',
  'signature-wrong': 'with a wrong signature',
  'timestamp-missing': 'without a time stamp',
  'timestamp-stale': 'with an old time stamp',
  'client-id-missing': 'without a client id',
  'client-id-wrong': 'with a wrong client id',
  'address-not-allowed': 'from an address not allowed',
  'body-unreadable': 'with an unreadable body',
  'body-too-large': 'too large',
  'content-type': 'not sent as JSON',
  'content-encoding': 'sent compressed',
};

const mendable: ReadonlySet<RejectionReason> = new Set([
  ...(['secret-not-set', 'signature-missing', 'signature-malformed', 'signature-wrong'] as const),
  ...(['timestamp-missing', 'timestamp-stale'] as const),
  ...(['client-id-missing', 'client-id-wrong', 'address-not-allowed'] as const),
]);

/** Whether a change of the source can fix the rejection. */
export const isMendable = (reason: RejectionReason): boolean => mendable.has(reason);

const mostNamed = 3;

export const totalOf = (counts: readonly RejectionCount[]): number =>
  counts.reduce((sum, { times }) => sum + times, 0);

/** The counts with one more rejection, each reason in the order of its first one. */
export const withRejection = (
  counts: readonly RejectionCount[],
  reason: RejectionReason,
): RejectionCount[] =>
  counts.some((count) => count.reason === reason)
    ? counts.map((count) => (count.reason === reason ? { reason, times: count.times + 1 } : count))
    : [...counts, { reason, times: 1 }];

/** "4 with a wrong signature, 1 not sent as JSON": the three most frequent reasons, and the number of others. */
export const rejectionCounts = (counts: readonly RejectionCount[]): string => {
  const sorted = byFrequency(counts);
  const rest = totalOf(sorted.slice(mostNamed));
  return [
    ...sorted.slice(0, mostNamed).map(({ reason, times }) => `${times} ${named[reason]}`),
    ...(rest > 0 ? [`${rest} for other reasons`] : []),
  ].join(', ');
};

/** The reason to advise on: the most frequent mendable one, else the most frequent; null without any. */
export const decisiveReason = (counts: readonly RejectionCount[]): RejectionReason | null => {
  const sorted = byFrequency(counts);
  const found = sorted.find(({ reason }) => mendable.has(reason)) ?? sorted[0];
  return found?.reason ?? null;
};

export const isSignature = (reason: RejectionReason | null): boolean =>
  reason === 'signature-wrong' ||
  reason === 'signature-missing' ||
  reason === 'signature-malformed';

const byFrequency = (counts: readonly RejectionCount[]): RejectionCount[] =>
  [...counts].sort((a, b) => b.times - a.times);
