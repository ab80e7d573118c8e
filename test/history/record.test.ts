import { expect, test } from 'vitest';
import { entriesMatching, type StoredEntry } from '../../electron/history/record.ts';
import { entryOf } from '../renderer/entries.ts';

const record: StoredEntry['record'] = {
  ...{ seq: 1, id: '00000000-0000-4000-8000-000000000001', receivedAt: 0, sourceId: 'main' },
  ...{ provider: 'kryptos', headers: [], body: { text: '' }, simulated: false, conflicts: false },
  ...{ proof: { status: 'verified', secret: 0 }, keys: [] },
  reading: { status: 'unrecognized', type: null },
};

/** A history that is in memory, so that nothing but the walk itself lets others run. */
const history = (entries: number) => ({
  oldestFirst: async function* () {
    for (let seq = 1; seq <= entries; seq += 1) {
      const entry = entryOf({}, { seq });
      yield { record, facts: () => [], entry, readAgain: () => entry };
    }
  },
});

test('others get their turn while the whole history is walked for what is rare (H16)', async () => {
  let turns = 0;
  let walking = true;
  const count = (): void => {
    turns += 1;
    if (walking) setImmediate(count);
  };
  setImmediate(count);

  const found: number[] = [];
  for await (const { entry } of entriesMatching(history(10_000), ({ seq }) => seq === 9_999))
    found.push(entry.seq);
  walking = false;

  expect(found).toEqual([9_999]);
  expect(turns).toBeGreaterThanOrEqual(39);
});
