import { expect, test } from 'vitest';
import { createPushQueue } from '../../electron/window/push-queue.ts';
import type { Push } from '../../shared/ipc.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { virtualClock } from '../support/clock.ts';

const entry = (seq: number): TimelineEntry => ({
  ...{ status: 'unrecognized', type: null, seq, id: `${seq}`, sourceId: 's', provider: 'kryptos' },
  ...{ receivedAt: seq, proof: { status: 'verified', secret: 0 }, simulated: false },
  ...{ conflicts: false, notes: [], notification: null, seen: false, duplicates: 0 },
});

/** What the window is sent: the sequence numbers of each message, or what else happened. */
const queue = () => {
  const time = virtualClock();
  const sent: (number[] | string)[] = [];
  const { added, send, flush } = createPushQueue(time.schedule, (push) =>
    sent.push(push.what === 'added' ? push.entries.map(({ seq }) => seq) : push.what),
  );
  return { time, sent, added, send, flush };
};

test('a single entry is sent at once, a burst a few times a second, and everything once and in order', async () => {
  const { time, sent, added, flush } = queue();
  added([entry(1)]);
  expect(sent).toEqual([[1]]);

  await time.pass(30);
  added([entry(2)]);
  expect(sent).toEqual([[1], [2]]);
  await time.pass(30);

  sent.length = 0;
  for (let seq = 1; seq <= 1000; seq += 1) {
    added([entry(seq)]);
    await time.pass(1);
  }
  await time.pass(240);
  expect(sent.flat()).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1));
  expect(sent.length).toBeLessThan(15);
  await time.pass(240);

  sent.length = 0;
  added(Array.from({ length: 450 }, (_, at) => entry(2000 + at)));
  added([entry(3000)]);
  await time.pass(30);
  expect(sent.map(({ length }) => length)).toEqual([200, 200, 50, 1]);
  await time.pass(60);
  expect(time.waiting()).toBe(0);

  sent.length = 0;
  for (const seq of [1, 2, 3]) added([entry(seq)]);
  flush();
  expect(sent).toEqual([[1], [2, 3]]);
  flush();
  added([entry(4)]);
  await time.pass(30);
  expect(sent).toEqual([[1], [2, 3], [4]]);
});

test('a message follows the entries that wait, because the window must know an entry before a change of it', async () => {
  const { sent, added, send } = queue();
  added([entry(1)]);
  added([entry(2)]);
  send({ what: 'quarantined' });
  expect(sent).toEqual([[1], [2], 'quarantined']);

  added([entry(3)]);
  send({ what: 'removed', upTo: 1 });
  expect(sent.slice(3)).toEqual([[3], 'removed']);
});

test('a decision follows its entry in the same batch, and a burst of decisions is a few messages', async () => {
  const time = virtualClock();
  const sent: Push[] = [];
  const { added, decided } = createPushQueue(time.schedule, (push) => sent.push(push));
  const decision = (seq: number) => ({ seq, notification: { shown: true, why: 'a failed sync' } });
  added([entry(1)]);
  added([entry(2)]);
  decided(decision(2));
  added([entry(3)]);
  await time.pass(30);
  expect(sent).toEqual([
    { what: 'added', entries: [entry(1)] },
    { what: 'added', entries: [entry(2), entry(3)] },
    { what: 'decided', decided: [decision(2)] },
  ]);

  sent.length = 0;
  for (let seq = 1; seq <= 450; seq += 1) decided(decision(seq));
  await time.pass(60);
  expect(sent.map((push) => (push.what === 'decided' ? push.decided.length : 0))).toEqual([
    200, 200, 50,
  ]);
});
