import type { IncomingMessage } from 'node:http';

type PauseReason = 'capacity' | 'turn' | 'ended';

export type SocketFlow = {
  readonly isPaused: () => boolean;
  readonly pause: (why: PauseReason) => void;
  readonly resume: (why: PauseReason) => void;
  readonly resumeWholly: () => void;
};

/**
 * Pauses and resumes the socket of a request. `request.pause()` would queue the chunks in the bytes already read as one object each, and
 * chunks may be one byte long.
 */
export const flowOf = ({ socket }: IncomingMessage): SocketFlow => {
  const reasons = new Set<PauseReason>();
  // Node resumes the socket whenever the request's stream asks for more.
  const pauseAgain = () => void socket.pause();
  const readOn = (): void => {
    socket.off('resume', pauseAgain);
    socket.resume();
  };
  return {
    isPaused: () => reasons.size > 0,
    pause: (why) => {
      if (reasons.size === 0) socket.on('resume', pauseAgain);
      reasons.add(why);
      socket.pause();
    },
    resume: (why) => {
      if (reasons.delete(why) && reasons.size === 0) readOn();
    },
    resumeWholly: () => {
      if (reasons.size === 0) return;
      reasons.clear();
      readOn();
    },
  };
};

const turnMs = 100;

export type Turns = { readonly next: (task: () => void) => void };

/** Runs one task every 100 ms. A body in tiny chunks keeps the parser busy for up to 16 ms a read. */
export const createTurns = (): Turns => {
  const queue: (() => void)[] = [];
  let isStepping = false;
  const step = (): void => {
    const next = queue.shift();
    isStepping = next !== undefined;
    if (!next) return;
    next();
    setTimeout(step, turnMs);
  };
  return {
    next: (task) => {
      queue.push(task);
      if (isStepping) return;
      isStepping = true;
      setTimeout(step, turnMs);
    },
  };
};
