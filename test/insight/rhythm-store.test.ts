import { expect, test } from 'vitest';
import type { History } from '../../electron/history/history.ts';
import type { Draft } from '../../electron/history/record.ts';
import { openRhythmStore } from '../../electron/insight/rhythm-store.ts';
import { createRhythms } from '../../electron/insight/rhythms.ts';
import type { Health } from '../../shared/event.ts';
import { draft, historyIn, listener } from '../history/support/history.ts';
import { systemError, tempFolder } from '../history/support/temp-folder.ts';
import { day, entryOf, noon } from '../renderer/entries.ts';

const accountEvent = (id: string, health: Health = 'working') =>
  entryOf({ account: { id, name: `Name of ${id}`, health } });

/** A delivery of a day, about an account. */
const onDay = (number: number, more: Partial<Draft> = {}, health?: Health): Draft => {
  const entry = accountEvent('wallet_1', health);
  if (entry.status !== 'event') throw new Error('An entry of a test is an event');
  return {
    ...draft(number),
    receivedAt: noon + number * day,
    reading: { status: 'event', event: entry.event },
    ...more,
  };
};

type Temp = ReturnType<typeof tempFolder>;
const openIn = (temp: Temp, history: Pick<History, 'lastSeq' | 'since' | 'get'>) => {
  const rhythms = createRhythms();
  const { told, telling } = listener();
  const store = openRhythmStore({ rhythms, folder: temp.folder, history, ...telling });
  return { rhythms, store, told };
};
const record = async (history: History, drafts: readonly Draft[]) => {
  for (const one of drafts) await history.record(one);
};
const days = (count: number, first = 0) =>
  Array.from({ length: count }, (_, number) => onDay(first + number));

test('rhythms are learned from the history, and the next start reads only what the file lacks', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await record(history, days(10));
  const first = openIn(temp, history);
  await first.store.ready();
  first.store.save();
  expect(first.rhythms.of('s').days).toHaveLength(10);
  expect(first.rhythms.accountsOf('s')).toMatchObject([
    { id: 'wallet_1', name: 'Name of wallet_1' },
  ]);
  await record(history, days(3, 10));

  const read: number[] = [];
  const second = openIn(temp, {
    lastSeq: history.lastSeq,
    get: history.get,
    since: (from) => {
      read.push(from);
      return history.since(from);
    },
  });
  await second.store.ready();
  expect(read).toEqual([11]);
  expect(second.rhythms.of('s').days).toHaveLength(13);
  expect(second.rhythms.upTo).toBe(13);
  await history.close();
});

test('without a file only the last five weeks are read', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await record(history, days(100));
  const read: number[] = [];
  const { rhythms, store } = openIn(temp, {
    lastSeq: history.lastSeq,
    get: history.get,
    since: (from) => {
      read.push(from);
      return history.since(from);
    },
  });
  await store.ready();
  expect(read).toEqual([65]);
  expect(rhythms.of('s').days.map(([at]) => at)).toEqual(
    Array.from({ length: 36 }, (_, index) => noon + (64 + index) * day),
  );
  await history.close();
});

test('a damaged file is reported, and the rhythms are learned again', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await record(history, days(10));
  temp.folder.store('rhythms').write({ v: 1, upTo: 'ten' });
  const { rhythms, store, told } = openIn(temp, history);
  await store.ready();
  expect(told).toEqual(['rhythms.json was damaged and has been rebuilt']);
  expect(rhythms.of('s').days).toHaveLength(10);
  await history.close();
});

test('a file that is ahead of a history that was begun anew is not used', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  temp.folder.store('rhythms').write({
    v: 1,
    upTo: 50,
    sources: [{ sourceId: 's', rhythm: { days: [[noon, noon, 1]] }, accounts: [] }],
  });
  const { rhythms, store } = openIn(temp, history);
  await store.ready();
  expect(rhythms.of('s').days).toEqual([]);
  expect(rhythms.upTo).toBe(0);
  await history.close();
});

test('a history that could not be read is read on the next call', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await record(history, days(10));
  let refuses = true;
  const { rhythms, store } = openIn(temp, {
    lastSeq: history.lastSeq,
    get: history.get,
    since: (from) => {
      if (refuses) throw systemError('EMFILE');
      return history.since(from);
    },
  });
  await expect(store.ready()).rejects.toThrow('EMFILE');
  store.save();
  expect(temp.names()).not.toContain('rhythms.json');
  refuses = false;
  await store.ready();
  expect(rhythms.of('s').days).toHaveLength(10);
  await history.close();
});

test('an import is learned from, and what is received meanwhile is not lost or counted twice', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  const { rhythms, store } = openIn(temp, history);
  await store.ready();
  const imported = { at: noon + 20 * day, masked: [] };
  await record(
    history,
    [1, 2, 3].map((number) => onDay(number, { imported })),
  );
  const atImport = history.lastSeq;
  const rebuilding = store.rebuild(atImport);
  const received = await history.record(onDay(21));
  if (received.outcome === 'recorded') rhythms.apply(received.entry);
  await rebuilding;
  expect(rhythms.of('s')).toMatchObject({ importedAt: imported.at });
  expect(rhythms.of('s').days).toHaveLength(4);
  expect(rhythms.upTo).toBe(4);
  await history.close();
});

test('simulated entries have no rhythm, and an account that the provider removed has none until it comes back', async () => {
  const rhythms = createRhythms();
  const apply = (seq: number, health: Health, simulated = false) =>
    rhythms.apply({
      ...accountEvent('wallet_1', health),
      seq,
      simulated,
      receivedAt: noon + seq * day,
    });
  apply(1, 'working', true);
  expect(rhythms.of('main').days).toEqual([]);
  apply(2, 'working');
  expect(rhythms.accountsOf('main')).toHaveLength(1);
  apply(3, 'removed');
  expect(rhythms.accountsOf('main')).toEqual([]);
  apply(4, 'working');
  expect(rhythms.accountsOf('main')).toHaveLength(1);
});

test('an attacker who invents accounts makes no file without bounds', () => {
  const rhythms = createRhythms();
  for (let seq = 1; seq <= 3000; seq += 1)
    rhythms.apply({ ...accountEvent(`invented ${seq}`), seq });
  expect(rhythms.accountsOf('main')).toHaveLength(2500);
  expect(rhythms.accountsOf('main').at(-1)?.id).toBe('invented 3000');
});
