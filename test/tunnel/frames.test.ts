import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameReader, encodeFrame, type Frame, word } from '../support/ngrok-edge/frames.ts';

const frame: fc.Arbitrary<Frame> = fc.record({
  type: fc.constantFrom('rst', 'data', 'window', 'goaway'),
  fin: fc.boolean(),
  syn: fc.boolean(),
  stream: fc.integer({ min: 0, max: 0x7fffffff }),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});

test('frames come out as they went in, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(frame), fc.integer({ min: 1, max: 50 }), (frames, size) => {
      const bytes = Buffer.concat(frames.map(encodeFrame));
      const read = createFrameReader();
      const out: Frame[] = [];
      for (let at = 0; at < bytes.byteLength; at += size)
        out.push(...read(bytes.subarray(at, at + size)));
      expect(out).toEqual(frames);
    }),
  );
});

test('a frame is laid out as muxado says', () => {
  const body = word(0x01020304);
  expect(
    encodeFrame({ type: 'window', fin: false, syn: false, stream: 3, body }).toString('hex'),
  ).toBe('00000420' + '00000003' + '01020304');
});

test('bytes that are no frame are refused', () => {
  expect(() => createFrameReader()(Buffer.from('000000f000000000', 'hex'))).toThrow('muxado');
});
