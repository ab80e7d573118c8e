import type { IncomingMessage } from 'node:http';
import type { Capacity, Lease } from '../capacity.ts';
import { bodyLimit } from '../receiving.ts';

/** How slowly a body may come (R12): times in ms. */
export const bodyLimits = {
  /** So long it may be as slow as it likes. */
  graceMs: 5000,
  /** After that it brings at least so many bytes a second. */
  bytesPerSecond: 16 * 1024,
  checkMs: 1000,
};
export type BodyLimits = Readonly<typeof bodyLimits>;

export type ReadBody =
  | { readonly status: 'read'; readonly body: Buffer; readonly lease: Lease }
  /** It went past the limit, or was announced to, and was not read to its end. */
  | { readonly status: 'too-large' }
  | { readonly status: 'refused'; readonly why: 'busy' | 'too-slow' }
  /** The sender hung up: there is nobody to answer. */
  | { readonly status: 'gone' };

/** A body with more chunks than this in one read goes on in a turn of its own, of which there is one every `turnMs`. */
const mostChunksAtOnce = 256;
const turnMs = 100;

type Reading = {
  readonly startedAt: number;
  size: number;
  /** When the grace ended, and how many bytes there were; null before, and while the sender is not let send. */
  base: { readonly at: number; readonly size: number } | null;
  readonly isHeld: () => boolean;
  readonly refuse: (why: 'busy' | 'too-slow') => void;
};

/** Reads bodies into memory as they arrive, within the capacity there is. `steady` is a monotonic clock in ms. */
export const createBodyReader = (capacity: Capacity, limits: BodyLimits, steady: () => number) => {
  const reading = new Set<Reading>();
  const turns = createTurns();
  const checking = setInterval(() => {
    for (const one of reading) if (isTooSlow(one, limits, steady())) one.refuse('too-slow');
  }, limits.checkMs);
  checking.unref();

  return {
    /** Settles when the body is complete or is not read any further. The lease of a complete one is the caller's to release. */
    read: (request: IncomingMessage, sourceId: string): Promise<ReadBody> => {
      if (isAnnouncedTooLarge(request)) return Promise.resolve({ status: 'too-large' });
      return new Promise((resolve) => {
        const body = gather();
        const flow = flowOf(request);
        let chunks = 0;
        let isOpen = true;

        const settle = (outcome: ReadBody): void => {
          if (!isOpen) return;
          isOpen = false;
          reading.delete(one);
          if (outcome.status === 'read') flow.end();
          else {
            flow.hold('given up');
            lease.release();
            body.drop();
          }
          resolve(outcome);
        };
        const one: Reading = {
          ...{ startedAt: steady(), size: 0, base: null, isHeld: flow.isHeld },
          refuse: (why) => settle({ status: 'refused', why }),
        };
        const lease = capacity.open(sourceId, {
          onDrain: () => flow.release('capacity'),
          onRefused: () => one.refuse('busy'),
        });
        reading.add(one);

        // Not an async iterator: for a body of one chunk it costs more than everything else the server does.
        request.on('data', (chunk: Buffer) => {
          if (!isOpen) return;
          one.size += chunk.byteLength;
          if (one.size > bodyLimit) return settle({ status: 'too-large' });
          body.add(chunk);
          if (!lease.arrived(chunk.byteLength)) flow.hold('capacity');
          chunks += 1;
          if (chunks !== mostChunksAtOnce) return;
          flow.hold('turn');
          turns.next(() => {
            chunks = 0;
            flow.release('turn');
          });
        });
        request.on('end', () => settle({ status: 'read', body: body.whole(), lease }));
        // Where the sender was too slow for Node's own limits, Node has answered it.
        request.on('error', () => settle({ status: 'gone' }));
        request.on('close', () => settle({ status: 'gone' }));
      });
    },
    close: () => clearInterval(checking),
  };
};

/** Whether its length alone, which Node has checked to be a number, says that the body is not read. */
export const isAnnouncedTooLarge = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > bodyLimit;

const isTooSlow = (one: Reading, { graceMs, bytesPerSecond }: BodyLimits, now: number): boolean => {
  if (now - one.startedAt < graceMs) return false;
  if (one.isHeld() || !one.base) {
    one.base = one.isHeld() ? null : { at: now, size: one.size };
    return false;
  }
  const seconds = (now - one.base.at) / 1000;
  return one.size - one.base.size < bytesPerSecond * seconds;
};

/** Chunks smaller than this are copied together. */
const smallBytes = 4096;
const blockBytes = 16 * 1024;

/**
 * Gathers chunks so that a body costs its bytes and little more, whatever its chunks are: a chunk is an object of some 400 bytes
 * beside what is in it, so small ones are copied into blocks. A body of one chunk, as nearly all are, is that chunk.
 */
export const gather = () => {
  let pieces: Buffer[] = [];
  /** Where small chunks go, and how much of it is used. */
  let block: Buffer | null = null;
  let used = 0;

  const endBlock = (): void => {
    if (!block || used === 0) return;
    const filled = block.subarray(0, used);
    if (used < blockBytes / 2) {
      // It would cost far more than what is in it: that is copied, and the block used again.
      pieces.push(Buffer.from(filled));
    } else {
      pieces.push(filled);
      block = null;
    }
    used = 0;
  };
  const isSmall = ({ byteLength }: Buffer): boolean => byteLength < smallBytes;

  return {
    add: (chunk: Buffer): void => {
      if (!isSmall(chunk) || (pieces.length === 0 && !block)) {
        endBlock();
        pieces.push(chunk);
        return;
      }
      if (block && used + chunk.byteLength > block.byteLength) endBlock();
      block ??= Buffer.allocUnsafeSlow(blockBytes);
      used += chunk.copy(block, used);
    },
    whole: (): Buffer => {
      endBlock();
      const [only = Buffer.alloc(0)] = pieces;
      return pieces.length < 2 ? only : Buffer.concat(pieces);
    },
    drop: (): void => {
      pieces = [];
      block = null;
    },
  };
};

type Reason = 'capacity' | 'turn' | 'given up';

/**
 * Stops and continues what a request's socket reads. `request.pause()` would not do: what the parser still finds in the bytes that
 * were read would be queued as one object a chunk, and chunks may be of one byte.
 */
const flowOf = (request: IncomingMessage) => {
  const { socket } = request;
  const reasons = new Set<Reason>();
  // Node resumes the socket whenever the request's stream asks for more.
  const pauseAgain = () => void socket.pause();
  const go = (): void => {
    socket.off('resume', pauseAgain);
    socket.resume();
  };
  return {
    isHeld: () => reasons.size > 0,
    hold: (why: Reason): void => {
      if (reasons.size === 0) socket.on('resume', pauseAgain);
      reasons.add(why);
      socket.pause();
    },
    release: (why: Reason): void => {
      if (reasons.delete(why) && reasons.size === 0) go();
    },
    end: (): void => {
      if (reasons.size === 0) return;
      reasons.clear();
      go();
    },
  };
};

/** Lets one body go on every 100 ms, in order: bodies in tiny chunks keep the parser busy for up to 16 ms a read, and leave time for everything else. */
const createTurns = () => {
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
    next: (task: () => void): void => {
      queue.push(task);
      if (isStepping) return;
      isStepping = true;
      setTimeout(step, turnMs);
    },
  };
};
