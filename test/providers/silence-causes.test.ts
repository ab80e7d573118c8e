import { expect, test } from 'vitest';
import { providers } from '../../electron/providers/index.ts';

test.each([...providers.values()])(
  '$name has sentences for why it may have fallen silent',
  ({ info }) => {
    expect(info.silenceCauses.length).toBeGreaterThan(1);
    for (const cause of info.silenceCauses) expect(cause).toMatch(/^[A-Z][^!]*\.$/);
  },
);

test('SimpleHash says that its service ended', () => {
  expect(providers.get('simplehash')?.info.silenceCauses[0]).toContain('ended its service');
});
