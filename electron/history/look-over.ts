import { describeDamaged, examine } from './examine-segments.ts';
import type { Context, LogState, Sequenced } from './log-state.ts';
import { repair, saveIndex } from './repair.ts';
import { segmentFileName } from './segments.ts';

/**
 * Compares the files of all sealed segments with what the index says of them, and looks at those that differ (H10, H14). What
 * is damaged is found by whoever reads it too: this is for what nobody reads. It may be forgotten or set aside meanwhile.
 * Again is the same as once.
 */
export const createLookOver = <R extends Sequenced>(context: Context<R>, state: LogState<R>) => {
  let looking: Promise<void> | null = null;

  async function lookOver(): Promise<void> {
    const { folder, segmentRecords } = context;
    const listed = state.sealed.filter(({ damaged }) => !damaged);
    const sizes = folder.sizes(listed.map(({ number }) => segmentFileName(number)));
    const different = listed.filter(({ bytes }, at) => bytes !== sizes[at]);
    for (const info of different) {
      const { segment, newer } = await examine(context, info.number, info);
      state.readOnly ||= newer;
      if (newer || !state.sealed.includes(info)) continue;
      const found =
        segment.status === 'fine'
          ? segment.info
          : describeDamaged(segment, undefined, undefined, segmentRecords);
      state.sealed = state.sealed.map((one) => (one === info ? found : one));
      state.nextSeq = Math.max(state.nextSeq, found.lastSeq + 1);
      await repair(context, [segment], state.readOnly);
    }
    if (different.length > 0 && !state.readOnly) saveIndex(context, state.sealed);
  }

  return (): Promise<void> => {
    looking ??= lookOver();
    return looking;
  };
};
