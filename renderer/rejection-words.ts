import type { RejectionCount } from '../shared/quarantine.ts';
import { decisiveReason, isMendable, isSignature, rejectionCounts } from '../shared/rejections.ts';
import { rejection, rejectionRemedy } from './words.ts';

export type RejectionRun = {
  /** Why, in few words, with how often where there is more than one reason. */
  why: string;
  /** What helps first. */
  remedy: string;
  /** The person can mend it in the source; else what came may tell. */
  isMendable: boolean;
};

const relayFirst =
  'Does a relay at your public URL rewrite the body? It has to pass it on byte for byte. If it does: was the secret rotated?';

/** A run of rejections in words. `unprovenRelay` as in the problem `deliveries-rejected`. */
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
