import type { Duplex } from 'node:stream';
import { createFrameReader, encodeFrame, type Frame, type FrameType, word } from './frames.ts';
import { MuxStream } from './stream.ts';

const cancelled = 6;

/** Many streams over one connection: muxado's accepting side, which opens the even ones. */
export const multiplex = (
  wire: Duplex,
  on: { readonly stream: (stream: MuxStream) => void; readonly end: () => void },
) => {
  const streams = new Map<number, MuxStream>();
  const read = createFrameReader();
  let lastOpened = 0;
  let lastAccepted = 0;

  const send = (type: FrameType, stream: number, body: Buffer, flags: Partial<Frame> = {}) => {
    if (wire.writable)
      wire.write(encodeFrame({ type, stream, body, fin: false, syn: false, ...flags }));
  };

  const create = (id: number, opened: boolean): MuxStream => {
    let syn = opened;
    const stream = new MuxStream({
      data: (body, fin) => {
        send('data', id, body, { fin, syn });
        syn = false;
      },
      credit: (bytes) => send('window', id, word(bytes)),
      reset: () => send('rst', id, word(cancelled)),
    });
    streams.set(id, stream);
    stream.once('close', () => streams.delete(id));
    return stream;
  };

  const take = ({ type, stream: id, body, fin, syn }: Frame): void => {
    if (type === 'goaway') {
      wire.destroy();
      return;
    }
    if (syn) {
      lastAccepted = id;
      const stream = create(id, false);
      stream.receive(body, fin);
      on.stream(stream);
      return;
    }
    // Late frames of a finished stream find nothing here, and that is how it should be.
    const stream = streams.get(id);
    if (type === 'data') stream?.receive(body, fin);
    if (type === 'window') stream?.credited(body.readUInt32BE(0));
    if (type === 'rst') stream?.destroy(new Error('the agent reset the stream'));
  };

  wire.on('data', (bytes: Buffer) => {
    for (const frame of read(bytes)) take(frame);
  });
  wire.on('error', () => {});
  wire.once('close', () => {
    for (const stream of streams.values()) stream.destroy(new Error('the session has ended'));
    on.end();
  });

  return {
    open: (): MuxStream => {
      lastOpened += 2;
      return create(lastOpened, true);
    },
    /** Says goodbye and hangs up; left alone, the SDK would keep the connection open. */
    goAway: (): void => {
      send('goaway', 0, Buffer.concat([word(lastAccepted, 0), Buffer.from('going away')]));
      wire.end();
    },
    hangUp: (): void => {
      wire.destroy();
    },
  };
};

export type Multiplexer = ReturnType<typeof multiplex>;
