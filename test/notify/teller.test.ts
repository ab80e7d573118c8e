import { expect, test } from 'vitest';
import {
  type Announcement,
  createTeller,
  type NativeNotification,
} from '../../electron/notify/teller.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import { createClock } from '../support/memory.ts';

const scene = (detail: DetailLevel = 'full', refuses = false) => {
  const clock = createClock();
  const onScreen: NativeNotification[] = [];
  const shown: NativeNotification[] = [];
  const decided: string[] = [];
  const withdraw = (id: string) => {
    const at = onScreen.findIndex((one) => one.id === id);
    if (at >= 0) onScreen.splice(at, 1);
  };
  const teller = createTeller({
    later: clock.later,
    now: clock.now,
    detail: () => detail,
    notifier: {
      show: async (notification) => {
        if (refuses) return { status: 'not-shown', why: 'refused' };
        shown.push(notification);
        withdraw(notification.id);
        onScreen.push(notification);
        return { status: 'shown' };
      },
      withdraw,
    },
  });
  const tell = (changed: Partial<Announcement> & { title: string }) =>
    teller.tell({
      kind: 'nft.received',
      sourceId: 'source',
      sourceName: 'SimpleHash',
      body: '',
      quiet: false,
      simulated: false,
      opening: { what: 'entry', seq: 1 },
      decided: (wasShown, what) =>
        decided.push(`${changed.title}: ${wasShown ? 'shown' : 'not shown'}, ${what}`),
      ...changed,
    });
  const titles = () => onScreen.map(({ title }) => title);
  /** Lets promises of the notifier settle, and the time pass. */
  const pass = async (ms: number) => {
    await new Promise(setImmediate);
    clock.setForward(ms);
    await new Promise(setImmediate);
  };
  return { tell, gather: teller.gather, titles, shown, decided, pass, clock };
};

test('the first of a kind shows at once, what follows within 10 seconds replaces it by a count (N6)', async () => {
  const { tell, titles, decided, pass } = scene();
  for (const title of ['one', 'two', 'three']) tell({ title });
  expect(titles()).toEqual(['one']);

  await pass(10_000);

  expect(titles()).toEqual(['3 NFTs received']);
  expect(decided).toEqual([
    'one: shown, shown',
    'two: shown, folded into one that counts 3',
    'three: shown, folded into one that counts 3',
  ]);
});

test('what comes later than 10 seconds is news of its own', async () => {
  const { tell, titles, pass } = scene();
  tell({ title: 'one' });
  await pass(10_001);
  tell({ title: 'two' });
  expect(titles()).toEqual(['one', 'two']);
});

test('kinds and sources do not fold into each other', async () => {
  const { tell, titles } = scene();
  tell({ title: 'received' });
  tell({ title: 'sent', kind: 'nft.sent' });
  tell({ title: 'elsewhere', sourceId: 'another' });
  expect(titles()).toEqual(['received', 'sent', 'elsewhere']);
});

test('beyond ten in a minute the rest comes as one digest when there is room again (N6)', async () => {
  const { tell, titles, shown, decided, pass } = scene();
  for (let index = 1; index <= 14; index += 1)
    tell({ title: `title ${index}`, sourceId: `source ${index}` });
  expect(titles()).toHaveLength(10);

  await pass(59_000);
  expect(shown).toHaveLength(10);
  await pass(2_000);

  expect(shown.at(-1)).toMatchObject({
    title: '4 more events',
    opening: { what: 'page', page: 'timeline' },
  });
  expect(decided).toHaveLength(14);
  expect(decided.at(-1)).toBe('title 14: shown, part of a digest of 4, after 10 in a minute');
});

test('a clock that was set back holds nothing up (A7)', async () => {
  const { tell, shown, pass, clock } = scene();
  for (let source = 1; source <= 10; source += 1) tell({ title: 'x', sourceId: `s${source}` });
  await pass(0);
  clock.skip(-3_600_000);
  tell({ title: 'after', sourceId: 's11' });
  await pass(0);
  expect(shown.at(-1)?.title).toBe('after');
});

test('a click on one leads to its event, on a count to the timeline', async () => {
  const { tell, shown, pass } = scene();
  tell({ title: 'one', opening: { what: 'entry', seq: 7 } });
  tell({ title: 'two' });
  await pass(10_000);
  expect(shown.map(({ opening }) => opening)).toEqual([
    { what: 'entry', seq: 7 },
    { what: 'page', page: 'timeline' },
  ]);
});

test('a system that shows nothing is said on the event', async () => {
  const { tell, decided, pass } = scene('full', true);
  tell({ title: 'one' });
  await pass(0);
  expect(decided).toEqual(['one: not shown, the system did not show it: it refused']);
});

test('a count tells no more than the person allows', async () => {
  const { tell, shown, pass } = scene('new-event');
  tell({ title: 'secret one' });
  tell({ title: 'secret two' });
  await pass(10_000);
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['New event', ''],
    ['2 new events', ''],
  ]);
});

test('what comes right after a gap is one digest, and what comes later is told as ever', async () => {
  const { tell, gather, titles, shown, decided, pass } = scene();
  gather('8 h out of reach');
  for (const title of ['one', 'two', 'three'])
    tell({ title, kind: 'sync.failed', sourceId: title });
  expect(titles()).toEqual([]);

  await pass(20_000);
  tell({ title: 'later' });

  expect(titles()).toEqual(['3 events after 8 h out of reach', 'later']);
  expect(shown[0]?.opening).toEqual({ what: 'page', page: 'timeline' });
  await pass(0);
  expect(decided).toContain('two: shown, part of a digest of 3 after a gap');
});

test('a single event after a gap is told as itself', async () => {
  const { tell, gather, titles, pass } = scene();
  gather('5 min out of reach');
  tell({ title: 'one' });
  await pass(20_000);
  expect(titles()).toEqual(['one']);
});
