import { expect, test } from 'vitest';
import { watchArrival } from '../../electron/notify/not-arriving.ts';
import type { NotShown, Showing } from '../../electron/notify/teller.ts';

const missed = (why: NotShown): Showing => ({ status: 'not-shown', why });
const shown: Showing = { status: 'shown' };

/** What is said after notifications that became this, tried at 1, 2, 3 … ms. */
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

test('two in a row that were not shown are a condition, one is not (N9)', async () => {
  expect(await saidAfter([missed('no-answer'), shown, missed('no-answer')])).toEqual([]);
  expect(await saidAfter([shown, missed('no-answer'), missed('no-answer')])).toEqual([
    ['no-answer', 2],
  ]);
});

test('it is said once, until one is shown (N9)', async () => {
  const three = [missed('refused'), missed('refused'), missed('refused')];
  expect(await saidAfter([...three, shown, shown, ...three])).toEqual([
    ['refused', 1],
    null,
    ['refused', 6],
  ]);
});

test('one that is held back has arrived (N8, N9)', async () => {
  const held: Showing = { status: 'held' };
  expect(await saidAfter([missed('refused'), held, missed('refused')])).toEqual([]);
});

test('the reason is the newest known: one that was not tried tells none (N9)', async () => {
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
