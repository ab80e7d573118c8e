import { expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { keptIn, receive } from '../support/receive.ts';
import { systemError, tempFolder, withAppender } from './support/temp-folder.ts';

const source = kryptosSource();

test('fifty copies at once make one entry, and a copy of one that could not be stored is tried itself (Q9, R11, P3)', async () => {
  using temp = tempFolder();
  let refusals = 0;
  const app = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    schedule: () => () => {},
    through: (folder) =>
      withAppender(folder, (real) => ({
        append: async (bytes) => {
          if (refusals === 0) return real.append(bytes);
          refusals -= 1;
          throw systemError('ENOSPC');
        },
      })),
  });
  const copies = async (id: string) => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => receive(app, id)));
    return answers.map(({ status, body }) => `${status} ${body?.status ?? 'refused'}`).sort();
  };

  const first = await copies('whd_1');
  expect([first.length, new Set(first)]).toEqual([50, new Set(['200 duplicate', '200 recorded'])]);
  expect(first.filter((answer) => answer === '200 recorded')).toHaveLength(1);

  refusals = 2;
  const second = await copies('whd_2');
  expect(second.filter((answer) => answer === '503 refused')).toHaveLength(2);
  expect(second.filter((answer) => answer === '200 recorded')).toHaveLength(1);
  expect(second.filter((answer) => answer === '200 duplicate')).toHaveLength(47);

  expect(await keptIn(app)).toEqual([
    [1, 'whd_1'],
    [2, 'whd_2'],
  ]);
  await app.close();
});
