import { setImmediate } from 'node:timers/promises';
import { app } from 'electron';
import { traceOf } from './log.ts';
import type { Reply } from './second-start.ts';

export type QuittingOptions = {
  /** Settles when everything is on disk and let go of. */
  readonly drain: () => Promise<void>;
  /** The last thing a person sees. */
  readonly leave: () => void;
  readonly log: (line: string) => void;
};

/** The app quits when it is drained, whoever wants it to: a menu, a second start, the system (A2, A3). */
export const drainBeforeQuit = ({ drain, leave, log }: QuittingOptions) => {
  const replies: ((reply: Reply) => void)[] = [];
  let drained: Promise<void> | null = null;

  app.on('before-quit', (event) => {
    if (drained) return;
    event.preventDefault();
    drained = drain()
      .catch((error: unknown) => log(`drain: ${traceOf(error)}`))
      .then(async () => {
        for (const reply of replies) reply({ ok: true, text: 'Hookbell has quit' });
        leave();
        // The answers are files, written by whoever waits for these replies.
        await setImmediate();
        app.exit(0);
      });
  });

  return {
    isQuitting: () => drained !== null,
    /** Settles with what to say when nothing is left to do but to end. */
    quit: (): Promise<Reply> =>
      new Promise((resolve) => {
        replies.push(resolve);
        app.quit();
      }),
  };
};
