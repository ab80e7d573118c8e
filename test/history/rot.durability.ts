import { expect, test } from 'vitest';
import { seeded } from './support/random.ts';
import { isHarmless, makeFolder, rotOnce } from './support/rot.ts';
import { inTurns } from './support/stepping.ts';

const flips = 1000;

test('one rotten bit anywhere never stops the start, costs no more than its line or segment, and is told (Q4, H11, H13, H14, S1, S2)', async () => {
  const folder = await makeFolder();
  const names = [...folder.files.keys()].sort();
  const random = seeded(4);
  const tasks = Array.from({ length: flips }, (_, at) => names[at % names.length] ?? '');
  const outcomes = await inTurns(tasks, 2, (file) => rotOnce(folder, file, random));

  expect(names).toEqual(
    expect.arrayContaining([
      'history/dedupe-00000000.json',
      'history/index.json',
      'history/marks-00000000.json',
      'history/seen.json',
      'history/seg-000001.json',
      'history/seg-000002.journal',
      'settings/secrets.bak.json',
      'settings/secrets.json',
      'settings/settings.json',
    ]),
  );
  expect(outcomes.filter((outcome) => !isHarmless(outcome))).toEqual([]);
  expect(outcomes).toHaveLength(flips);
}, 300_000);
