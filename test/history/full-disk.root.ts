import { expect, test } from 'vitest';
import { fillAndFree } from './soak/full-disk.ts';

test('a disk that is filled and freed loses nothing it acknowledged, and goes on by itself (Q5, R14, H3, H4)', async () => {
  const { acknowledged, refused, lost, doubled, sealed, unsealed } = await fillAndFree();
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  expect(refused).toBeGreaterThanOrEqual(400);
  expect(acknowledged).toBeGreaterThan(400);
  expect(sealed).toBeGreaterThan(0);
  expect(unsealed).toBeLessThan(64);
});
