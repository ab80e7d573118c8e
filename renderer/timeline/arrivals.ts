import { isFiltering } from '../../shared/query.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { withNew } from './changes.ts';
import { type Core, withDecisions } from './core.ts';
import { waitingAtMost } from './view.ts';

/** New entries, oldest first. Ends when they are rows, or wait; during a reading they are held. */
export function arrive(core: Core, entries: TimelineEntry[]): Promise<void> {
  const { get, set } = core.view;
  if (core.held) core.held.push(...entries);
  else if (!isFiltering(get().answered)) set(withNew(get(), entries));
  else core.matching = core.matching.then(() => arriveFitting(core, entries)).catch(console.error);
  return core.matching;
}

async function arriveFitting(core: Core, entries: TimelineEntry[]): Promise<void> {
  const { get, set } = core.view;
  const { generation } = core;
  const seqs = entries.slice(-waitingAtMost).map(({ seq }) => seq);
  const matching = await core.ask('matching', { seqs, query: get().answered.text });
  // A newer reading has them in its answer.
  if (generation === core.generation) set(withNew(get(), withDecisions(core, matching)));
}

/** From now on arrivals are held, because an answer that is under way may miss them. */
export const hold = (core: Core): void => {
  core.held ??= [];
};

export async function release(core: Core): Promise<void> {
  const held = core.held ?? [];
  core.held = null;
  if (held.length > 0) await arrive(core, held);
}
