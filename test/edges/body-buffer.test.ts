import { expect, test } from 'vitest';
import { createBodyBuffer } from '../../electron/edges/body-buffer.ts';

test('tiny chunks between larger ones cost little more than their bytes, and keep their order (R12)', () => {
  const large = Buffer.alloc(4096, 'b');
  const tiny = Buffer.from('a');
  const pairs = 500;
  const body = createBodyBuffer();
  const before = process.memoryUsage().arrayBuffers;
  for (let each = 0; each < pairs; each += 1) {
    body.add(large);
    body.add(tiny);
  }
  // With a block of 16 KiB for each tiny chunk it was 8 MiB.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  const pair = Buffer.concat([large, tiny]);
  expect(body.whole().equals(Buffer.concat(Array(pairs).fill(pair)))).toBe(true);
});

test('a body of chunks of any size equals what was sent (R12)', () => {
  const sizes = [1, 5000, 3, 4095, 4096, 4095, 4095, 4095, 4095, 9000, 16_000, 2, 20_000, 1];
  const chunks = sizes.map((size, at) => Buffer.alloc(size, at + 1));
  const body = createBodyBuffer();
  for (const chunk of chunks) body.add(Buffer.from(chunk));
  expect(body.whole().equals(Buffer.concat(chunks))).toBe(true);
});
