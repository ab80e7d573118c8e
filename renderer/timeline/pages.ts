import type { Place } from '../../shared/place.ts';
import type { Query } from '../../shared/query.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { ask } from '../state.ts';

/** Entries up to this number are not kept any more. */
let forgotten = 0;

export const isForgotten = (seq: number): boolean => seq <= forgotten;

export const forgetUpTo = (seq: number): void => {
  forgotten = Math.max(forgotten, seq);
};

/** A page of the timeline. An answer that was under way when entries were forgotten may still have some: they are left out. */
export async function pageBelow(before: Place | null, { text }: Query): Promise<TimelinePage> {
  const page = await ask('timeline', { before, query: text });
  return { ...page, entries: page.entries.filter(({ seq }) => !isForgotten(seq)) };
}
