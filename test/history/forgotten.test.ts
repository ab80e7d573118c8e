import { expect, test } from 'vitest';
import type { Push } from '../../shared/ipc.ts';
import { answerTo } from '../support/answer-to.ts';
import { source } from './support/kryptos.ts';
import { openPlainApp, receive } from './support/plain-app.ts';
import { tempFolder } from './support/temp-folder.ts';

test('the window is told up to which number nothing is kept, once and when it is so (H15)', async () => {
  using temp = tempFolder();
  const forgotten: (Push & { what: 'forgotten' })[] = [];
  const app = await openPlainApp({
    ...{ folder: temp.path, provision: { sources: [source] } },
    push: (push) => push.what === 'forgotten' && forgotten.push(push),
  });
  await Promise.all(Array.from({ length: 1600 }, (_, at) => receive(app, `whd_${at}`)));
  const { retention, entries } = app.state();
  expect([entries, forgotten]).toEqual([1600, []]);

  const choose = async (most: number) =>
    answerTo(
      'changeRetention',
      await app.ask('changeRetention', {
        ...{ retention: { ...retention, entries: most }, agreedUpTo: 2000 },
      }),
    );
  expect(await choose(1600)).toEqual({ status: 'done' });
  expect(forgotten).toEqual([]);
  expect(await choose(1000)).toEqual({ status: 'done' });
  expect(forgotten).toEqual([{ what: 'forgotten', upTo: 512 }]);
  expect(app.state()).toMatchObject({ entries: 1088, unseen: 1088 });
  await choose(1000);
  expect(forgotten).toHaveLength(1);
  await app.close();
});
