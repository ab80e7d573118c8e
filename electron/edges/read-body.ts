import type { IncomingMessage } from 'node:http';
import { bodyLimit } from '../receiver/admission.ts';
import type { Capacity, Lease } from '../receiver/capacity.ts';
import { createBodyBuffer } from './body-buffer.ts';
import { createTurns, flowOf, type Turns } from './socket-flow.ts';

/** How slowly a body may come (R12): times in ms. */
export const bodyLimits = {
  /** Any speed is allowed for so long. */
  graceMs: 5000,
  bytesPerSecond: 16 * 1024,
  checkMs: 1000,
};
export type BodyLimits = Readonly<typeof bodyLimits>;

export type ReadBody =
  | { readonly status: 'read'; readonly body: Buffer; readonly lease: Lease }
  /** It passed the limit, or its length was announced to, and it was not read to its end. */
  | { readonly status: 'too-large' }
  | { readonly status: 'refused'; readonly why: 'busy' | 'too-slow' }
  | { readonly status: 'gone' };

export type BodyReader = {
  /** Settles when the body ends or is not read any further. The caller releases the lease. */
  readonly read: (request: IncomingMessage, sourceId: string) => Promise<ReadBody>;
  readonly close: () => void;
};

/** A body with more chunks than this in one read goes on in a turn of its own. */
const mostChunksAtOnce = 256;

/** A body being read. */
type Upload = {
  readonly startedAt: number;
  size: number;
  /** The instant when the grace ended and the size at that time; null before, and while we do not read. */
  base: { readonly at: number; readonly size: number } | null;
  readonly isPaused: () => boolean;
  readonly refuse: (why: 'busy' | 'too-slow') => void;
};

/** Reads bodies into memory as they arrive, within the capacity. `steady` is a monotonic clock in ms. */
export const createBodyReader = (
  capacity: Capacity,
  limits: BodyLimits,
  steady: () => number,
): BodyReader => {
  const uploads = new Set<Upload>();
  const turns = createTurns();
  const checking = setInterval(() => {
    for (const one of uploads) if (isTooSlow(one, limits, steady())) one.refuse('too-slow');
  }, limits.checkMs);
  checking.unref();

  return {
    read: (request, sourceId) => {
      if (isAnnouncedTooLarge(request)) return Promise.resolve({ status: 'too-large' });
      return new Promise((resolve) => {
        const upload = readUpload(request, {
          acquire: (events) => capacity.acquire(sourceId, events),
          turns,
          startedAt: steady(),
          onEnd: (outcome) => {
            uploads.delete(upload);
            resolve(outcome);
          },
        });
        uploads.add(upload);
      });
    },
    close: () => clearInterval(checking),
  };
};

type UploadOptions = {
  readonly acquire: (events: Parameters<Capacity['acquire']>[1]) => Lease;
  readonly turns: Turns;
  readonly startedAt: number;
  readonly onEnd: (outcome: ReadBody) => void;
};

/** Reads one body. Calls `onEnd` once, and never at once. */
const readUpload = (
  request: IncomingMessage,
  { acquire, turns, startedAt, onEnd }: UploadOptions,
): Upload => {
  const body = createBodyBuffer();
  const flow = flowOf(request);
  let chunks = 0;
  let isOpen = true;

  const settle = (outcome: ReadBody): void => {
    if (!isOpen) return;
    isOpen = false;
    if (outcome.status === 'read') flow.resumeWholly();
    else {
      flow.pause('ended');
      lease.release();
      body.drop();
    }
    onEnd(outcome);
  };
  const refuse = (why: 'busy' | 'too-slow') => settle({ status: 'refused', why });
  const upload: Upload = { startedAt, size: 0, base: null, isPaused: flow.isPaused, refuse };
  const lease = acquire({
    onDrain: () => flow.resume('capacity'),
    onRefused: () => refuse('busy'),
  });

  // Not an async iterator: for a body of one chunk it costs more than everything else the server does.
  request.on('data', (chunk: Buffer) => {
    if (!isOpen) return;
    upload.size += chunk.byteLength;
    if (upload.size > bodyLimit) return settle({ status: 'too-large' });
    body.add(chunk);
    if (!lease.arrived(chunk.byteLength)) flow.pause('capacity');
    chunks += 1;
    if (chunks !== mostChunksAtOnce) return;
    flow.pause('turn');
    turns.next(() => {
      chunks = 0;
      flow.resume('turn');
    });
  });
  request.on('end', () => settle({ status: 'read', body: body.whole(), lease }));
  // Node has already answered a sender that was too slow for Node's own limits.
  request.on('error', () => settle({ status: 'gone' }));
  request.on('close', () => settle({ status: 'gone' }));
  return upload;
};

export const isAnnouncedTooLarge = ({ headers }: IncomingMessage): boolean =>
  Number(headers['content-length'] ?? 0) > bodyLimit;

const isTooSlow = (one: Upload, { graceMs, bytesPerSecond }: BodyLimits, now: number): boolean => {
  if (now - one.startedAt < graceMs) return false;
  if (one.isPaused() || !one.base) {
    one.base = one.isPaused() ? null : { at: now, size: one.size };
    return false;
  }
  const seconds = (now - one.base.at) / 1000;
  return one.size - one.base.size < bytesPerSecond * seconds;
};
