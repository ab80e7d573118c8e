/** One frame of muxado, the protocol that carries ngrok's streams over one connection. */
export type Frame = {
  readonly type: FrameType;
  readonly fin: boolean;
  readonly syn: boolean;
  readonly stream: number;
  readonly body: Buffer;
};

const types = ['rst', 'data', 'window', 'goaway'] as const;
export type FrameType = (typeof types)[number];

const headerLength = 8;
const finFlag = 0b0001;
const synFlag = 0b0010;

/** 24 bits of length, 4 of type, 4 of flags, 32 of stream. */
export const encodeFrame = ({ type, fin, syn, stream, body }: Frame): Buffer => {
  const header = Buffer.alloc(headerLength);
  header.writeUIntBE(body.byteLength, 0, 3);
  header.writeUInt8((types.indexOf(type) << 4) | (fin ? finFlag : 0) | (syn ? synFlag : 0), 3);
  header.writeUInt32BE(stream, 4);
  return Buffer.concat([header, body]);
};

/** Takes bytes as they come and gives back every frame that they complete; throws on a type nobody knows. */
export const createFrameReader = () => {
  let waiting = Buffer.alloc(0);

  return (bytes: Buffer): Frame[] => {
    waiting = Buffer.concat([waiting, bytes]);
    const frames: Frame[] = [];
    while (waiting.byteLength >= headerLength) {
      const end = headerLength + waiting.readUIntBE(0, 3);
      if (waiting.byteLength < end) break;
      frames.push(decodeFrame(waiting.subarray(0, end)));
      waiting = waiting.subarray(end);
    }
    return frames;
  };
};

const decodeFrame = (bytes: Buffer): Frame => {
  const typeAndFlags = bytes.readUInt8(3);
  const type = types[typeAndFlags >> 4];
  if (!type) throw new Error(`not a muxado frame: type ${typeAndFlags >> 4}`);
  return {
    type,
    fin: (typeAndFlags & finFlag) !== 0,
    syn: (typeAndFlags & synFlag) !== 0,
    stream: bytes.readUInt32BE(4) & 0x7fffffff,
    body: bytes.subarray(headerLength),
  };
};

export const word = (...values: number[]): Buffer => {
  const body = Buffer.alloc(values.length * 4);
  values.forEach((value, at) => {
    body.writeUInt32BE(value >>> 0, at * 4);
  });
  return body;
};
