import * as z from 'zod/mini';
import { Gap } from '../../shared/gap.ts';
import type { JsonStore } from '../history/folder.ts';
import type { Later } from '../later.ts';

const Saved = z.object({
  v: z.literal(1),
  gaps: z.array(Gap),
  /** The last sign of life, and whether the app said goodbye with it. Epoch ms. */
  beat: z.object({ at: z.int(), closed: z.boolean() }),
});
type Saved = z.infer<typeof Saved>;

const beatMs = 15_000;
/** A timer this late means that the computer slept or the clock was set. */
const jumpMs = 30_000;
/** Anything shorter is bridged by the senders that try again. */
const shortestMs = 60_000;
const mostGaps = 1000;

export type GapOptions = {
  readonly store: JsonStore;
  readonly now: () => number;
  readonly later: Later;
  readonly onGap: (gap: Gap) => void;
  readonly report: (trouble: string) => void;
};

/** The spans in which nothing could be received: a heartbeat on disk dates them, whether the app quit, crashed or the computer slept. */
export const openGaps = ({ store, now, later, onGap, report }: GapOptions) => {
  let { gaps, beat } = read();
  let stop = () => {};

  function read(): Pick<Saved, 'gaps' | 'beat'> {
    const nothing = { gaps: [], beat: { at: now(), closed: true } };
    try {
      return Saved.safeParse(store.read()).data ?? nothing;
    } catch {
      report('gaps.json was damaged: earlier gaps are not known any more');
      return nothing;
    }
  }

  function save(closed: boolean): void {
    beat = { at: now(), closed };
    try {
      store.write({ v: 1, gaps, beat });
    } catch (error) {
      report(
        `The heartbeat could not be saved: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
    }
  }

  function add(from: number, to: number, reason: Gap['reason']): void {
    if (to - from < shortestMs) return;
    const gap = { from, to, reason };
    gaps = [...gaps, gap].slice(-mostGaps);
    onGap(gap);
  }

  function beatAgain(): void {
    stop = later(beatMs, () => {
      if (now() - beat.at > beatMs + jumpMs) add(beat.at, now(), 'asleep');
      save(false);
      beatAgain();
    });
  }

  add(beat.at, now(), beat.closed ? 'quit' : 'crashed');
  save(false);
  beatAgain();

  return {
    /** Oldest first. */
    list: (): readonly Gap[] => gaps,
    add,
    close: (): void => {
      stop();
      save(true);
    },
  };
};
