import type { MuxStream } from './stream.ts';

/** What the first four bytes of a stream say it is for. */
export const purpose = {
  auth: 0,
  bind: 1,
  unbind: 2,
  proxy: 3,
  stop: 5,
  stopTunnel: 9,
  heartbeat: 0xffffffff,
} as const;

/** Calls `listener` with the first bytes of a stream as soon as there are `length` of them, and with what came behind them. */
export const readStart = (
  stream: MuxStream,
  length: number,
  listener: (start: Buffer, rest: Buffer) => void,
): void => {
  let read = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    read = Buffer.concat([read, bytes]);
    if (read.byteLength < length) return;
    stream.off('data', take);
    listener(read.subarray(0, length), read.subarray(length));
  };
  stream.on('data', take);
};

/** The SDK does not end its side after a request: the request is over where its JSON is whole. */
export const readRequest = (
  stream: MuxStream,
  begun: Buffer,
  listener: (request: unknown) => void,
): void => {
  let read = begun;
  const take = (bytes: Buffer) => {
    read = Buffer.concat([read, bytes]);
    const request = wholeJson(read.toString('utf8'));
    if (request === undefined) return;
    stream.off('data', take);
    stream.resume();
    listener(request);
  };
  stream.on('data', take);
  take(Buffer.alloc(0));
};

const wholeJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The agent reads an answer to its end. */
export const answer = (stream: MuxStream, answered: object): void => {
  stream.end(JSON.stringify(answered));
};

/** A failure as ngrok words it: text, and a line that is the code. */
export const failure = (code: number, text: string): object => ({
  Error: `${text}\r\n\r\nERR_NGROK_${code}\r\n`,
});

export const typeHeader = (type: number): Buffer => {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(type);
  return header;
};
