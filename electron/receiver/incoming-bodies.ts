import type { Schedule } from '../schedule.ts';
import type { Usage } from './usage.ts';

export type BodyEvents = {
  /** There is capacity again, after `arrived` returned false. */
  readonly onDrain: () => void;
  /** The body is dropped: capacity did not come in time, or other bodies needed what it held. */
  readonly onRefused: () => void;
};

/** A body whose bytes count against the capacity. */
export type IncomingBody = {
  readonly sourceId: string;
  readonly openedAt: number;
  readonly events: BodyEvents;
  bytes: number;
  cancelWait: (() => void) | null;
};

export type IncomingBodies = {
  readonly open: (sourceId: string, events: BodyEvents) => IncomingBody;
  /** Counts bytes. False: stop reading until one of the body's events comes. */
  readonly arrived: (body: IncomingBody, bytes: number) => boolean;
  readonly complete: (body: IncomingBody) => void;
  /** Gives its bytes back. Idempotent. */
  readonly release: (body: IncomingBody) => void;
  readonly resume: () => void;
};

export type IncomingBodiesOptions = {
  readonly usage: Usage;
  readonly schedule: Schedule;
  /** A monotonic clock in ms. */
  readonly steady: () => number;
  readonly limits: {
    readonly patienceMs: number;
    /** A body younger than this is never dropped in favour of another. */
    readonly youngMs: number;
  };
};

/** Bodies that share the capacity for bytes. When one lacks capacity, the slowest is dropped. */
export const createIncomingBodies = (options: IncomingBodiesOptions): IncomingBodies => {
  const { usage, schedule, steady, limits } = options;
  const incomplete = new Set<IncomingBody>();

  const complete = (body: IncomingBody): void => {
    body.cancelWait?.();
    body.cancelWait = null;
    incomplete.delete(body);
  };

  const release = (body: IncomingBody): void => {
    complete(body);
    usage.addBytes(body.sourceId, -body.bytes);
    body.bytes = 0;
  };

  const refuse = (body: IncomingBody): void => {
    release(body);
    body.events.onRefused();
  };

  const resume = (): void => {
    for (const body of incomplete) {
      if (!body.cancelWait || usage.isFull(body.sourceId)) continue;
      body.cancelWait();
      body.cancelWait = null;
      body.events.onDrain();
    }
  };

  const shedding = createShedding(options, incomplete, refuse, resume);

  return {
    open: (sourceId, events) => {
      const body = { sourceId, openedAt: steady(), events, bytes: 0, cancelWait: null };
      incomplete.add(body);
      return body;
    },
    arrived: (body, bytes) => {
      if (!incomplete.has(body)) return false;
      body.bytes += bytes;
      usage.addBytes(body.sourceId, bytes);
      if (!usage.isFull(body.sourceId) || shedding.shedFor(body)) return true;
      body.cancelWait ??= schedule(limits.patienceMs, () => {
        refuse(body);
        resume();
      });
      shedding.shedLater();
      return false;
    },
    complete,
    release,
    resume,
  };
};

const createShedding = (
  { usage, schedule, steady, limits }: IncomingBodiesOptions,
  incomplete: ReadonlySet<IncomingBody>,
  refuse: (body: IncomingBody) => void,
  resume: () => void,
) => {
  let isScheduled = false;

  /** The body with the fewest bytes a second of those that use the capacity this one lacks. */
  const slowestBeside = (needy: IncomingBody): IncomingBody | null => {
    const isSourceFull = usage.isSourceFull(needy.sourceId);
    let slowest: IncomingBody | null = null;
    let lowest = Number.POSITIVE_INFINITY;
    for (const body of incomplete) {
      const age = steady() - body.openedAt;
      if (body === needy || age < limits.youngMs) continue;
      if (isSourceFull && body.sourceId !== needy.sourceId) continue;
      if (body.bytes / age >= lowest) continue;
      slowest = body;
      lowest = body.bytes / age;
    }
    return slowest;
  };

  /** Drops slow bodies until there is capacity for this one; false when none is left to drop. */
  const shedFor = (needy: IncomingBody): boolean => {
    while (usage.isFull(needy.sourceId)) {
      const slowest = slowestBeside(needy);
      if (!slowest) return false;
      refuse(slowest);
    }
    return true;
  };

  const shedLater = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    schedule(limits.youngMs, () => {
      isScheduled = false;
      const needy = [...incomplete].find(({ cancelWait }) => cancelWait !== null);
      if (!needy) return;
      shedFor(needy);
      resume();
      shedLater();
    });
  };

  return { shedFor, shedLater };
};
