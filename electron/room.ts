import type { Later } from './later.ts';

/** What may be under way at once (R12): requests, and bytes of their bodies. */
export const roomLimits = {
  requests: 512,
  bytes: 64 * 1024 * 1024,
  /** Those who wait for room. One a connection is usual; more come only from who sends without waiting for answers. */
  waiting: 256,
  patienceMs: 5000,
};
export type RoomLimits = Readonly<typeof roomLimits>;

export type Seat = {
  /** It takes so many bytes, now that they are known; what it does not take is for others. */
  readonly takes: (bytes: number) => void;
  /** Again is the same as once. */
  readonly leave: () => void;
};

type Waiting = {
  readonly bytes: number;
  readonly isGone: () => boolean;
  readonly settle: (seat: Seat | null) => void;
};

/** Room for so much at once. Who finds none waits for it, and all get in in the order in which they came. */
export const createRoom = (limits: RoomLimits, later: Later) => {
  const waiting: Waiting[] = [];
  let requests = 0;
  let bytes = 0;
  let isClosed = false;

  const hasRoomFor = (more: number): boolean =>
    requests < limits.requests && bytes + more <= limits.bytes;

  const take = (wanted: number): Seat => {
    let held = wanted;
    let isHere = true;
    requests += 1;
    bytes += wanted;
    const takes = (size: number): void => {
      if (!isHere) return;
      bytes += size - held;
      held = size;
      letIn();
    };
    const leave = (): void => {
      if (!isHere) return;
      isHere = false;
      requests -= 1;
      bytes -= held;
      letIn();
    };
    return { takes, leave };
  };

  /** Nobody overtakes who waits for more room; who is gone waits no longer. */
  const letIn = (): void => {
    for (let first = waiting[0]; first; first = waiting[0]) {
      const isGone = first.isGone();
      if (!isGone && !hasRoomFor(first.bytes)) return;
      waiting.shift();
      first.settle(isGone ? null : take(first.bytes));
    }
  };

  const wait = (wanted: number, isGone: () => boolean): Promise<Seat | null> =>
    new Promise((resolve) => {
      const callOff = later(limits.patienceMs, () => {
        waiting.splice(waiting.indexOf(one), 1);
        resolve(null);
        letIn();
      });
      const settle = (seat: Seat | null): void => {
        callOff();
        resolve(seat);
      };
      const one = { bytes: wanted, isGone, settle };
      waiting.push(one);
    });

  return {
    /**
     * A seat for a request whose body has at most so many bytes. Null when there was none in time, too many wait already,
     * nobody is let in any more, or who waits is gone.
     */
    enter: async (wanted: number, isGone: () => boolean): Promise<Seat | null> => {
      if (isClosed) return null;
      letIn();
      if (waiting.length === 0 && hasRoomFor(wanted)) return take(wanted);
      return waiting.length < limits.waiting ? wait(wanted, isGone) : null;
    },
    /** From now on nobody is let in, and nobody waits. */
    close: (): void => {
      isClosed = true;
      for (const { settle } of waiting.splice(0)) settle(null);
    },
  };
};
