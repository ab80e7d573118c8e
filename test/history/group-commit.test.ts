import { expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp } from '../../bench/harness/plain-app.ts';
import { keptIn, receive } from '../support/receive.ts';
import { tempFolder, withAppender } from './support/temp-folder.ts';

const source = kryptosSource();

/** Runs tasks as the network would in one turn of the event loop: each from a callback of its own. */
const inOneTurn = <T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> =>
  Promise.all(
    tasks.map((task) => new Promise<T>((resolve) => setImmediate(() => resolve(task())))),
  );

test('deliveries that come in one turn of the event loop share one sync (H2)', async () => {
  using temp = tempFolder();
  let syncs = 0;
  const app = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    schedule: () => () => {},
    through: (folder) =>
      withAppender(folder, (real) => ({
        append: (bytes) => {
          syncs += 1;
          return real.append(bytes);
        },
      })),
  });
  await receive(app, 'whd_first');
  syncs = 0;

  const ids = Array.from({ length: 20 }, (_, at) => `whd_${at}`);
  const answers = await inOneTurn(ids.map((id) => () => receive(app, id)));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
  expect(syncs).toBe(1);
  expect((await keptIn(app)).map(([, id]) => id)).toEqual(['whd_first', ...ids]);
  await app.close();
});
