import { expect, test } from 'vitest';
import { endOfTurn, othersDone, othersToo } from '../electron/turn.ts';
import { source } from './history/support/kryptos.ts';
import { keptIn, openPlainApp, receive } from './history/support/plain-app.ts';
import { tempFolder, withAppender } from './history/support/temp-folder.ts';

/** Runs them as what the network brings in one turn is run: each from a callback of its own. */
const inOneTurn = <T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> =>
  Promise.all(
    tasks.map((task) => new Promise<T>((resolve) => setImmediate(() => resolve(task())))),
  );

test('who comes in one turn of the event loop takes each step before anybody takes the next', async () => {
  const steps: string[] = [];
  const go = (name: string, awaits: number) => async () => {
    await endOfTurn();
    steps.push(`check ${name}`);
    await othersToo;
    steps.push(`read ${name}`);
    for (let at = 0; at < awaits; at += 1) await null;
    steps.push(`hand over ${name}`);
    await othersDone();
    steps.push(`write ${name}`);
  };
  for (const [one, other] of [
    ['a', 'b'],
    ['c', 'd'],
  ] as const) {
    steps.length = 0;
    await inOneTurn([go(one, 1), go(other, 5)]);
    expect(steps).toEqual(
      ['check', 'read', 'hand over', 'write'].flatMap((step) => [
        `${step} ${one}`,
        `${step} ${other}`,
      ]),
    );
  }
});

test('deliveries that come in one turn of the event loop share one sync (H2)', async () => {
  using temp = tempFolder();
  let syncs = 0;
  const app = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    later: () => () => {},
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
