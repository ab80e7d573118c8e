import { expect, test } from 'vitest';
import { watchArrival } from '../../electron/notifications/not-arriving.ts';
import type { NotShown, Showing } from '../../electron/notifications/notifier.ts';

const missed = (why: NotShown): Showing => ({ status: 'not-shown', why });
const shown: Showing = { status: 'shown' };

/** The problems after notifications with these results, tried at 1, 2, 3 … ms. */
const saidAfter = async (became: readonly Showing[]) => {
  const said: unknown[] = [];
  let at = 0;
  let showing: Showing = shown;
  const notifier = watchArrival(
    { show: async () => showing, withdraw: () => {} },
    { now: () => ++at, onChange: (problem) => said.push(problem && [problem.why, problem.since]) },
  );
  for (showing of became)
    expect(
      await notifier.show({
        ...{ id: '', title: '', body: '', silent: false, urgency: 'normal' },
        opening: { what: 'page', page: 'timeline' },
      }),
    ).toBe(showing);
  return said;
};

const two = [missed('no-answer'), missed('no-answer')];

test('two failures in a row are a problem, one is not (N9)', async () => {
  expect(await saidAfter([missed('no-answer'), shown, missed('no-answer')])).toEqual([]);
  expect(await saidAfter([missed('no-answer'), shown, ...two])).toEqual([['no-answer', 3]]);
});

test('a condition from before the start ends with the first notification if it is shown (N9)', async () => {
  expect(await saidAfter([shown, shown, ...two])).toEqual([null, ['no-answer', 3]]);
});

test('the problem is reported once, until a notification is shown (N9)', async () => {
  const three = [missed('refused'), missed('refused'), missed('refused')];
  expect(await saidAfter([...three, shown, shown, ...three])).toEqual([
    ['refused', 1],
    null,
    ['refused', 6],
  ]);
});

test('a held back notification has arrived (N8, N9)', async () => {
  const held: Showing = { status: 'held' };
  expect(await saidAfter([missed('refused'), held, missed('refused')])).toEqual([]);
});

test('the reason is the newest known one, and a paused service gives none (N9)', async () => {
  expect(
    await saidAfter([
      missed('no-answer'),
      missed('no-answer'),
      missed('paused'),
      missed('no-service'),
      missed('paused'),
    ]),
  ).toEqual([
    ['no-answer', 1],
    ['no-service', 1],
  ]);
});
