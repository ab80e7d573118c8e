import { expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import type { Push } from '../../shared/ipc.ts';
import { answerTo } from '../support/answer-to.ts';
import { receive } from '../support/receive.ts';
import { tempFolder } from './support/temp-folder.ts';

const source = kryptosSource();

test('the window is told up to which number nothing is kept, once and when it is so (H15)', async () => {
  using temp = tempFolder();
  const removed: (Push & { what: 'removed' })[] = [];
  const app = await openPlainApp({
    ...{ folder: temp.path, provision: { sources: [source] } },
    push: (push) => push.what === 'removed' && removed.push(push),
  });
  await Promise.all(Array.from({ length: 1600 }, (_, at) => receive(app, `whd_${at}`)));
  const { retention, entries } = app.state();
  expect([entries, removed]).toEqual([1600, []]);

  const choose = async (most: number) =>
    answerTo(
      'changeRetention',
      await app.ask('changeRetention', {
        ...{ retention: { ...retention, entries: most }, agreedUpTo: 2000 },
      }),
    );
  expect(await choose(1600)).toEqual({ status: 'done' });
  expect(removed).toEqual([]);
  expect(await choose(1000)).toEqual({ status: 'done' });
  expect(removed).toEqual([{ what: 'removed', upTo: 512 }]);
  expect(app.state()).toMatchObject({ entries: 1088, unseen: 1088 });
  await choose(1000);
  expect(removed).toHaveLength(1);
  await app.close();
});
