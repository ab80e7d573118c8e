import { lengthWords } from '../../shared/time-words.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import type { Insight } from '../insight/insight.ts';
import type { StageLength } from '../insight/runs.ts';
import { runConditionId } from './condition-ids.ts';

/** What an entry does to the run that it is about. */
export type RunEffect = {
  /** The condition of a stuck run that it ends; null where none was stuck. */
  readonly ends: string | null;
  /** How long the stage took that it ends: "It took 6 min, 2 min less than usual". Empty where that is unknown. */
  readonly tookWords: string;
};

const none: RunEffect = { ends: null, tookWords: '' };

/** To be called before the entry is applied; the returned function after it. `now` is epoch ms. */
export const watchRun = (
  entry: TimelineEntry,
  { runs }: Pick<Insight, 'runs'>,
  now: number,
): (() => RunEffect) => {
  const run = entry.status === 'event' ? entry.event.run : undefined;
  if (!run) return () => none;
  const user = { sourceId: entry.sourceId, userId: run.userId, simulated: entry.simulated };
  const wasStuck = runs.isStuck(user, now);
  return () => ({
    ends: wasStuck && !runs.isStuck(user, now) ? runConditionId(user) : null,
    tookWords: run.phase === 'started' ? '' : tookWords(runs.lastLength(user, run.stage)),
  });
};

const minuteMs = 60_000;

const tookWords = (length: StageLength | null): string => {
  if (length === null) return '';
  const { ms, usualMs } = length;
  const took = `It took ${lengthWords(ms)}`;
  if (usualMs === null || Math.abs(ms - usualMs) < minuteMs) return took;
  return `${took}, ${lengthWords(Math.abs(ms - usualMs))} ${ms < usualMs ? 'less' : 'more'} than usual`;
};
