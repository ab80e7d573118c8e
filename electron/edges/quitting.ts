import { setImmediate } from 'node:timers/promises';
import { app } from 'electron';
import { later } from './clock.ts';
import { traceOf } from './log.ts';
import type { Reply } from './second-start.ts';

export type QuittingOptions = {
  /** Settles when everything is on disk and let go of. */
  readonly drain: () => Promise<void>;
  /** The last thing a person sees. */
  readonly leave: () => void;
  readonly log: (line: string) => void;
};

/** Twice what the receiver takes for what is under way. */
const drainAtMostMs = 10_000;

/**
 * The app quits when it is drained, whoever wants it to and however often: a menu, a second start, the system (A2, A3). What is not
 * drained after 10 s is left as it is, so that the app can always be quit.
 */
export const drainBeforeQuit = ({ drain, leave, log }: QuittingOptions) => {
  let drained: Promise<void> | null = null;

  const drainInTime = (): Promise<void> =>
    new Promise((resolve) => {
      const callOff = later(drainAtMostMs, () => {
        log(`drain: not done after ${drainAtMostMs} ms`);
        resolve();
      });
      void drain()
        .catch((error: unknown) => log(`drain: ${traceOf(error)}`))
        .then(callOff)
        .then(resolve);
    });

  const end = async (): Promise<void> => {
    leave();
    // Those who wait for it write the replies to other starts.
    await setImmediate();
    app.exit(0);
  };

  const begin = (): Promise<void> => {
    if (drained) return drained;
    drained = drainInTime();
    void drained.then(end);
    return drained;
  };

  app.on('before-quit', (event) => {
    // Only `exit`, which asks nobody, ends the app: whoever asks again while it is drained would cut that short.
    event.preventDefault();
    void begin();
  });

  return {
    isQuitting: () => drained !== null,
    /** Settles with what to say when nothing is left to do but to end. */
    quit: async (): Promise<Reply> => {
      await begin();
      return { ok: true, text: 'Hookbell has quit' };
    },
  };
};
