import { expect, test } from 'vitest';
import { type Counted, createTally } from '../../electron/history/tally.ts';
import { openTallyStore } from '../../electron/history/tally-store.ts';
import { draft, historyIn, listener } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

const trusted = { status: 'trusted', clientId: 'not-used', address: 'not-used' } as const;
const entry = (seq: number, changed: Partial<Counted> = {}): Counted => ({
  ...{ seq, sourceId: 's', receivedAt: seq, proof: trusted, simulated: false },
  ...changed,
});
const bytes = () => 10;

test('only what no signature proves, and came from outside, takes from a share (H15)', () => {
  const tally = createTally();
  tally.add(entry(1), bytes);
  tally.add(entry(2, { proof: { status: 'verified', secret: 0 } }), bytes);
  tally.add(entry(3, { simulated: true }), bytes);
  tally.add(entry(4, { imported: { at: 0, masked: [] } }), bytes);
  tally.add(entry(5, { sourceId: 'other' }), bytes);
  expect(tally.unsignedOf('s')).toEqual({ entries: 1, bytes: 10, lastAt: 1 });
  expect(tally.unsignedOf('nobody')).toMatchObject({ entries: 0, bytes: 0 });
  expect([tally.tests, tally.upTo]).toEqual([1, 5]);
});

test('what is removed takes from no share, block by block, after a restart too (H15)', () => {
  const tally = createTally();
  for (let seq = 1; seq <= 600; seq += 1) tally.add(entry(seq), bytes);
  const again = createTally();
  again.load(tally.save());
  again.removeBelow(300);
  expect(again.unsignedOf('s')).toMatchObject({ entries: 600 - 255, bytes: 3450 });
});

test('after a crash the tally counts on from where it was saved (H15)', async () => {
  using temp = tempFolder();
  const { telling } = listener();
  const unsigned = (number: number) => ({ ...draft(number), proof: trusted });
  const history = await historyIn(temp.folder);
  await history.record(unsigned(1));
  const first = openTallyStore({ ...telling, folder: temp.folder, history });
  await first.ready();
  expect(first.unsignedOf('s').entries).toBe(1);
  first.save();
  await history.record(unsigned(2));
  await history.close();

  const again = await historyIn(temp.folder);
  const second = openTallyStore({ ...telling, folder: temp.folder, history: again });
  await second.ready();
  expect(second.unsignedOf('s')).toMatchObject({ entries: 2 });
  await again.close();
});
