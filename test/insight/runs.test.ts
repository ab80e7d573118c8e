import { expect, test } from 'vitest';
import { createRuns } from '../../electron/insight/runs.ts';
import type { RunStep } from '../../shared/event.ts';
import { entryOf, hour, minute, noon } from '../renderer/entries.ts';

const runs = () => {
  const known = createRuns();
  let seq = 0;
  const say = (
    stage: RunStep['stage'],
    phase: RunStep['phase'],
    at: number | null,
    receivedAt = at ?? noon,
  ) => {
    seq += 1;
    known.apply(
      entryOf({ run: { stage, phase, userId: 'anna', at } }, { seq, id: `id ${seq}`, receivedAt }),
    );
  };
  const whole = (stage: RunStep['stage'], start: number, ms: number) => {
    say(stage, 'started', start);
    say(stage, 'completed', start + ms);
  };
  return { known, say, whole };
};

test('gains and losses that begin within half an hour of the transfers are one run with them', () => {
  const { known, whole } = runs();
  whole('transfers', noon, minute);
  whole('gains', noon + 5 * minute, 2 * minute);
  whole('transfers', noon + hour, minute);
  whole('gains', noon + hour + 32 * minute, minute);
  const list = known.list(noon + 3 * hour, []);
  expect(list.map(({ stages }) => stages.map(({ stage }) => stage))).toEqual([
    ['gains'],
    ['transfers'],
    ['transfers', 'gains'],
  ]);
  expect(list[2]).toMatchObject({
    outcome: 'completed',
    stages: [{ elapsedMs: minute }, { elapsedMs: 2 * minute }],
  });
});

test('the run that goes on is first, with its time so far against the usual', () => {
  const { known, say, whole } = runs();
  for (let at = 0; at < 3; at += 1) whole('gains', noon + at * hour, (at + 1) * 10 * minute);
  say('gains', 'started', noon + 4 * hour);
  whole('transfers', noon + 5 * hour, minute);
  const [first] = known.list(noon + 4 * hour + 31 * minute, []);
  expect(first).toMatchObject({
    outcome: 'going-on',
    overdue: true,
    stuck: false,
    stages: [{ elapsedMs: 31 * minute, usualMs: 20 * minute }],
  });
  expect(known.durations()[1]).toMatchObject({
    stage: 'gains',
    usualMs: 20 * minute,
    lasted: [{ ms: 10 * minute }, { ms: 20 * minute }, { ms: 30 * minute }],
  });
});

test('a run is stuck after three times the usual, half an hour at least, and two hours the first time', () => {
  const first = runs();
  first.say('transfers', 'started', noon);
  expect(first.known.stuck(noon + 2 * hour - 1, [])).toEqual([]);
  expect(first.known.stuck(noon + 2 * hour, [])).toMatchObject([
    { userId: 'anna', stage: 'transfers', since: noon, usualMs: null, seq: 1 },
  ]);

  const quick = runs();
  quick.whole('gains', noon, minute);
  quick.say('gains', 'started', noon + hour);
  expect(quick.known.stuck(noon + hour + 30 * minute - 1, [])).toEqual([]);
  expect(quick.known.stuck(noon + hour + 30 * minute, [])).toHaveLength(1);

  const slow = runs();
  slow.whole('gains', noon, 20 * minute);
  slow.say('gains', 'started', noon + hour);
  expect(slow.known.stuck(noon + 2 * hour - 1, [])).toEqual([]);
  expect(slow.known.stuck(noon + 2 * hour, [])).toHaveLength(1);
});

test('after a gap the end of a stuck run may have been missed', () => {
  const { known, say } = runs();
  say('gains', 'started', noon);
  const now = noon + 3 * hour;
  const before = { from: noon - hour, to: noon - minute, reason: 'quit' } as const;
  const during = { from: noon + minute, to: noon + hour, reason: 'asleep' } as const;
  expect(known.stuck(now, [before])).toMatchObject([{ endMayBeMissed: false }]);
  expect(known.stuck(now, [before, during])).toMatchObject([{ endMayBeMissed: true }]);
  expect(known.list(now, [during])).toMatchObject([{ stuck: true, endMayBeMissed: true }]);
});

test('a late start of a finished run does not go on', () => {
  const { known, say } = runs();
  say('gains', 'completed', noon + minute);
  expect(known.list(noon + hour, [])).toMatchObject([
    { outcome: 'completed', stages: [{ startedAt: null, elapsedMs: null }] },
  ]);
  say('gains', 'started', noon, noon + 2 * minute);
  expect(known.list(noon + hour, [])).toMatchObject([
    { outcome: 'completed', stages: [{ startedAt: noon, elapsedMs: minute }] },
  ]);
});

test('an end at the very time of its start is its end', () => {
  const { known, say } = runs();
  say('gains', 'completed', noon);
  say('gains', 'started', noon, noon + minute);
  expect(known.list(noon + hour, [])).toMatchObject([{ outcome: 'completed' }]);
});

test('a start without an end is over once the next one began', () => {
  const { known, say } = runs();
  say('gains', 'started', noon);
  say('gains', 'started', noon + hour);
  say('gains', 'failed', noon + hour + minute);
  expect(known.list(noon + 9 * hour, []).map(({ outcome }) => outcome)).toEqual([
    'failed',
    'end-unknown',
  ]);
  expect(known.stuck(noon + 9 * hour, [])).toEqual([]);
});

test('what two connections of a user tell is one run', () => {
  const { known, say } = runs();
  for (const phase of ['started', 'started', 'completed', 'completed'] as const)
    say('gains', phase, phase === 'started' ? noon : noon + minute);
  expect(known.list(noon + hour, [])).toHaveLength(1);
  expect(known.durations()).toMatchObject([{ lasted: [{ ms: minute }] }]);
});

test('users, sources and simulated events have their own runs', () => {
  const known = createRuns();
  const say = (seq: number, userId: string, more: object) =>
    known.apply(
      entryOf({ run: { stage: 'gains', phase: 'started', userId, at: noon } }, { seq, ...more }),
    );
  say(1, 'anna', {});
  say(2, 'ben', {});
  say(3, 'anna', { sourceId: 'other' });
  say(4, 'anna', { simulated: true });
  expect(known.list(noon, [])).toHaveLength(4);
  known.removeSimulated();
  expect(known.list(noon, [])).toHaveLength(3);
});

test('the usual time is that of the last 20, and no more than 64 steps are remembered', () => {
  const { known, whole } = runs();
  for (let at = 0; at < 60; at += 1) whole('gains', noon + at * hour, at < 40 ? hour / 2 : minute);
  expect(known.durations()).toMatchObject([{ usualMs: minute }]);
  expect(known.durations()[0]?.lasted).toHaveLength(20);
  expect(known.save()[0]?.gains).toHaveLength(64);
});

test('an end that did not come within a week is not expected any more', () => {
  const { known, say } = runs();
  say('gains', 'started', noon);
  const day = 24 * hour;
  expect(known.stuck(noon + 6 * day, [])).toHaveLength(1);
  expect(known.stuck(noon + 8 * day, [])).toEqual([]);
  expect(known.list(noon + 8 * day, [])).toMatchObject([{ outcome: 'end-unknown', stuck: false }]);
});
