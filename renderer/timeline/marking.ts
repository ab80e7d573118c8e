import type { MarkChange, MarkName } from '../../shared/marking.ts';
import { effectiveText, findsArchived, isFiltering } from '../../shared/query.ts';
import { isInRanges, rangesOf } from '../../shared/seq-ranges.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { withMarks, withSeen } from './changes.ts';
import { nobody } from './chosen.ts';
import { type Core, withDecisions } from './core.ts';
import { load } from './reading.ts';
import { indexOf, insert } from './rows.ts';
import { doneWords, undoing, withDone } from './undo.ts';

/** The line that offers to undo goes after so long; the key works on. */
const offeredMs = 12_000;
const matchedAtMost = 500;

/** Gives these entries a mark, or takes it: on screen at once, and to be undone. Rejects where main cannot keep it. */
export async function mark(core: Core, name: MarkName, on: boolean, seqs: number[]): Promise<void> {
  if (seqs.length === 0) return;
  const ranges = rangesOf(seqs);
  applyMarks(core, [{ mark: name, on, ranges }]);
  done(core, await core.ask('mark', { mark: name, on, ranges }));
}

/** Marks as read what the list shows, loaded or not. */
export async function markAllSeen(core: Core): Promise<void> {
  const { get, set } = core.view;
  const { answered } = get();
  set(withSeen(get(), null, true));
  const query = isFiltering(answered) ? { query: effectiveText(answered) } : undefined;
  done(core, await core.ask('markAllSeen', query));
}

function done(core: Core, changes: readonly MarkChange[]): void {
  if (changes.length === 0) return;
  core.undo = withDone(core.undo, changes);
  const words = doneWords(changes);
  core.view.set({ done: words, chosen: nobody, chosenFrom: null });
  core.announce(words);
  core.cancelOffer();
  core.cancelOffer = core.clock.schedule(offeredMs, () => core.view.set({ done: null }));
}

/** Undoes what was done last. False where there is nothing to undo. */
export function undo(core: Core): boolean {
  const changes = core.undo.at(-1);
  if (!changes) return false;
  core.undo = core.undo.slice(0, -1);
  core.cancelOffer();
  core.view.set({ done: null });
  core.announce(`Undone: ${doneWords(changes)}`);
  void takeBack(core, changes).catch(console.error);
  return true;
}

async function takeBack({ ask }: Core, changes: readonly MarkChange[]): Promise<void> {
  for (const change of undoing(changes)) await ask('mark', change);
}

/** Shows marks as they are now. What comes out of the archive comes back to its place. */
export function applyMarks(core: Core, changes: readonly MarkChange[]): void {
  const { get, set } = core.view;
  for (const change of changes) {
    set(withMarks(get(), change));
    if (core.held) core.held = core.held.map((entry) => withMark(entry, change));
  }
  const back = changes.filter(({ mark: name, on }) => name === 'archived' && !on);
  if (back.length > 0 && !findsArchived(get().answered)) void bringBack(core, back);
}

const withMark = (entry: TimelineEntry, { mark: name, on, ranges }: MarkChange): TimelineEntry =>
  isInRanges(ranges, entry.seq) ? { ...entry, [name]: on } : entry;

async function bringBack(core: Core, changes: readonly MarkChange[]): Promise<void> {
  const { get, set } = core.view;
  const seqs = changes
    .flatMap(({ ranges }) => ranges)
    .flatMap(([from, to]) =>
      Array.from({ length: Math.min(to - from + 1, matchedAtMost + 1) }, (_, at) => from + at),
    );
  // An answer that is under way may miss them.
  if (core.held || seqs.length > matchedAtMost) return load(core);
  const { generation } = core;
  const found = await core.ask('matching', { seqs, query: get().answered.text });
  if (generation !== core.generation) return;
  const { rows, before } = get();
  const missing = withDecisions(core, found).filter(({ seq }) => indexOf(rows, seq) < 0);
  set({ rows: insert(rows, missing, before) });
}
