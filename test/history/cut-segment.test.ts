import { truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import { draft, historyIn, listener } from './support/history.ts';
import { tempFolder, withUnsealed } from './support/temp-folder.ts';

/** A history of one sealed segment and one entry more. */
const sealed = async () => {
  const temp = tempFolder();
  const history = await historyIn(withUnsealed(temp.folder, 2));
  await Promise.all(Array.from({ length: 257 }, (_, number) => history.record(draft(number))));
  await history.close();
  return temp;
};

test('a segment that was cut is told and set aside before the first delivery is kept (H10, H14)', async () => {
  using temp = await sealed();
  truncateSync(temp.file('seg-000001.json'), 100);
  const { told, telling } = listener();
  const history = await historyIn(temp.folder, telling);
  await history.record(draft(300));

  expect(told).toEqual(['seg-000001.json is damaged and was set aside']);
  expect(history.damages()).toEqual([{ from: 0, to: 255, entries: 256 }]);
  expect(temp.names()).toContain('seg-000001.json.corrupt-1');
  await history.close();
});
