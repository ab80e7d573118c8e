import type { Context, LogState } from './log-state.ts';
import type { SegmentCache } from './segment-cache.ts';
import type { SegmentIndex } from './segment-index.ts';
import { inOrder, oldestWhile, type SegmentInfo, type Sequenced, segmentName } from './segments.ts';

/** Whether the oldest of the stored segments is to be removed. */
export type ShouldRemove = (oldest: SegmentInfo, stored: readonly SegmentInfo[]) => boolean;

/** Removes whole segments, oldest first (H15). */
export type Remover = {
  candidates(should: ShouldRemove): readonly SegmentInfo[];
  /** Rejects with the system's first error; a file that stays is tried again the next time. */
  remove(should: ShouldRemove): Promise<void>;
};

export const createRemover = <R extends Sequenced>(
  context: Context<R>,
  state: LogState<R>,
  cache: SegmentCache<R>,
  index: SegmentIndex,
): Remover => {
  const { folder, at } = context;

  async function retire(gone: readonly SegmentInfo[]): Promise<void> {
    const numbers = new Set(gone.map(({ number }) => number));
    const stays = ({ number }: SegmentInfo) => !numbers.has(number);
    // On a full disk there may be no space for another index until the files are gone.
    const isListed = index.tryWriting(state.sealed.filter(stays));
    // Else a power cut may leave the old index without its segments, and they would be reported as missing.
    await folder.sync().catch(() => {});
    await at('remove:indexed');
    state.sealed = state.sealed.filter(stays);
    state.full = state.full.filter(stays);
    state.retired = inOrder([...state.retired, ...gone]);
    index.drop(numbers);
    for (const number of numbers) cache.evict(number);
    try {
      await removeRetired(context, state);
    } finally {
      if (!isListed) index.tryWriting(state.sealed);
    }
    await at('remove:done');
  }

  return {
    candidates: (should) => candidatesIn(state, should),
    remove: async (should) => {
      const gone = candidatesIn(state, should);
      if (gone.length > 0) await retire(gone);
      else if (state.retired.length > 0) await removeRetired(context, state);
    },
  };
};

/**
 * An unread journal tells no time, so it goes with the next segment. The newest segment stays while nothing follows it: the next sequence
 * number is derived from it.
 */
const candidatesIn = <R>(state: LogState<R>, should: ShouldRemove): readonly SegmentInfo[] => {
  const dated = state.sealed.filter(({ number }) => !state.unread.has(number));
  const all = inOrder([...state.sealed, ...state.full]);
  const staying = state.open.records.length === 0 ? all.at(-1)?.number : undefined;
  const goes: ShouldRemove = (oldest, stored) =>
    oldest.number !== staying && should(oldest, stored);
  const newest = oldestWhile(dated, goes).at(-1)?.number ?? 0;
  return all.filter(({ number }) => number <= newest);
};

/**
 * The removal of a segment is synced before the next one is removed: else a power cut may bring back an old one without its successor,
 * which would be reported as missing. Rejects with the first error.
 */
async function removeRetired<R>({ folder }: Context<R>, state: LogState<R>): Promise<void> {
  const files = await folder.list();
  const errors: unknown[] = [];
  for (const [position, info] of state.retired.entries()) {
    const own = files.filter((file) => file.startsWith(`${segmentName(info.number)}.`));
    try {
      if (position > 0) await folder.sync();
      await Promise.all(own.map(folder.remove));
      state.retired = state.retired.filter((one) => one !== info);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
