import { setImmediate } from 'node:timers/promises';
import { app } from 'electron';
import { traceOf } from '../trace.ts';
import { schedule } from './clock.ts';
import type { Reply } from './second-start.ts';

export type QuittingOptions = {
  /** Settles when everything is on disk and closed. */
  readonly drain: () => Promise<void>;
  readonly leave: () => void;
  readonly log: (line: string) => void;
};

/** Twice the receiver's own limit. */
const drainAtMostMs = 10_000;
const installerEndsItMs = 60_000;

/** Has the app started again after the drain. Then it exits, or the installer ends it; `otherwise` follows where that does not happen. */
export type Finish = () =>
  | { readonly ends: 'now' }
  | { readonly ends: 'by-installer'; readonly otherwise: () => void };

export type Quitting = {
  readonly isQuitting: () => boolean;
  /**
   * Drains the app and then calls `finish`, which has it started again. Calls `onGivenUp` instead while the app quits, and for a quit before
   * the end of the drain: the person, or the end of the session, wants no app.
   */
  readonly restart: (finish: Finish, onGivenUp: () => void) => void;
  /** Settles with the reply when only the exit is left to do. Idempotent. */
  readonly quit: () => Promise<Reply>;
};

/** Drains the app before every quit, by menu, second start or system (A2, A3). After 10 s it quits undrained. */
export const drainBeforeQuit = ({ drain, leave, log }: QuittingOptions): Quitting => {
  let drained: Promise<void> | null = null;
  let plan = leaving;
  let isLeft = false;

  const end = async (): Promise<void> => {
    leave();
    // Callers that wait for it write replies to other starts first.
    await setImmediate();
    isLeft = true;
    const finished = finishWith(plan.finish, log);
    if (finished.ends === 'now') app.exit(0);
    else
      schedule(installerEndsItMs, () => {
        finished.otherwise();
        app.exit(0);
      });
  };

  const begin = (): Promise<void> => {
    if (drained) return drained;
    drained = drainInTime(drain, log);
    void drained.then(end);
    return drained;
  };

  const quit = (): Promise<void> => {
    if (!isLeft) {
      plan.onGivenUp();
      plan = leaving;
    }
    return begin();
  };

  app.on('before-quit', (event) => {
    // An installer quits by itself, after the drain.
    if (isLeft) return;
    // Only `exit` ends the app: a second quit must not cut the drain short.
    event.preventDefault();
    void quit();
  });

  return {
    isQuitting: () => drained !== null,
    restart: (finish, onGivenUp) => {
      if (drained) return onGivenUp();
      plan = { finish, onGivenUp };
      void begin();
    },
    quit: async () => {
      await quit();
      return { ok: true, text: 'Hookbell has quit' };
    },
  };
};

const drainInTime = (drain: QuittingOptions['drain'], log: QuittingOptions['log']): Promise<void> =>
  new Promise((resolve) => {
    const cancel = schedule(drainAtMostMs, () => {
      log(`drain: not done after ${drainAtMostMs} ms`);
      resolve();
    });
    void drain()
      .catch((error: unknown) => log(`drain: ${traceOf(error)}`))
      .then(cancel)
      .then(resolve);
  });

type Plan = { readonly finish: Finish; readonly onGivenUp: () => void };

const leaving: Plan = { finish: () => ({ ends: 'now' }), onGivenUp: () => {} };

const finishWith = (finish: Finish, log: QuittingOptions['log']): ReturnType<Finish> => {
  try {
    return finish();
  } catch (error) {
    log(`restart: ${traceOf(error)}`);
    return { ends: 'now' };
  }
};
