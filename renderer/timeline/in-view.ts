import { markedParts } from '../../shared/matching.ts';

const before = 8;
const shownFrom = 24;

/** A long value, cut at its front so that the match is in view. */
export function inView(value: string, needles: readonly string[]): string {
  const at = markedParts(value, needles).find(({ marked }) => marked)?.at ?? 0;
  return at < shownFrom ? value : `…${value.slice(at - before)}`;
}
