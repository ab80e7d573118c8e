import { expect, test } from 'vitest';
import type { Draft } from '../../electron/history/record.ts';
import { openAccountStore } from '../../electron/insight/account-store.ts';
import { createAccounts } from '../../electron/insight/accounts.ts';
import { createRuns } from '../../electron/insight/runs.ts';
import { draft, historyIn, listener } from '../history/support/history.ts';
import { systemError, tempFolder } from '../history/support/temp-folder.ts';
import { entryOf } from '../renderer/entries.ts';
import { virtualClock } from '../support/clock.ts';

/** A delivery that says of one account that it fails. */
const failing = (number: number): Draft => {
  const account = { id: 'wallet_1', name: 'Binance', health: 'failing' as const };
  const entry = entryOf({ account, occurredAt: null });
  if (entry.status !== 'event') throw new Error('An entry of a test is an event');
  return { ...draft(number), reading: { status: 'event', event: entry.event } };
};

test('an entry that arrives before the accounts are loaded still reports its change', async () => {
  using temp = tempFolder();
  const first = await historyIn(temp.folder);
  await first.record(draft(1));
  await first.close();

  const history = await historyIn(temp.folder);
  const accounts = createAccounts();
  const kept = openAccountStore({
    accounts,
    runs: createRuns(),
    folder: temp.folder,
    history,
    ...listener().telling,
  });
  const recorded = await history.record(failing(2));
  kept.save();
  expect(temp.names()).not.toContain('accounts.json');
  await kept.ready();

  expect(accounts.upTo).toBe(1);
  expect(recorded.outcome === 'recorded' && accounts.apply(recorded.entry)).toEqual({
    status: 'opened',
  });
  await history.close();
});

test('derived state is saved during a quiet moment after a full segment', async () => {
  using temp = tempFolder();
  const clock = virtualClock();
  let saves = 0;
  const history = await historyIn(temp.folder, listener().telling, () => 0, {
    schedule: clock.schedule,
    onSaved: () => {
      saves += 1;
    },
  });
  await Promise.all(Array.from({ length: 257 }, (_, number) => history.record(draft(number))));
  await expect
    .poll(() => {
      clock.setForward(60_000);
      return saves;
    })
    .toBeGreaterThan(0);
  await history.close();
});

test('accounts are derived on the next call after the history could not be read', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record(failing(1));
  let refuses = true;
  const accounts = createAccounts();
  const kept = openAccountStore({
    accounts,
    runs: createRuns(),
    folder: temp.folder,
    ...listener().telling,
    history: {
      lastSeq: 1,
      get: history.get,
      since: (from) => {
        if (refuses) throw systemError('EMFILE');
        return history.since(from);
      },
    },
  });
  await expect(kept.ready()).rejects.toThrow('EMFILE');
  refuses = false;
  await kept.ready();
  expect(accounts.failing).toHaveLength(1);
  await history.close();
});

/** As an older Hookbell saved it, with one entry that was applied and not announced. */
const olderFile = {
  upTo: 2,
  accounts: [
    {
      ...{ sourceId: 's', account: 'wallet_1', name: 'Binance', title: 'Binance could not sync' },
      ...{ failures: 1, failing: { since: 1, seq: 1 }, at: null, receivedAt: 1 },
    },
  ],
  untold: [{ seq: 2, change: { status: 'recovered', name: 'Binance' } }],
};

test('a file of an older version is derived anew without a word, and what is to be announced is not lost', async () => {
  using temp = tempFolder();
  const first = await historyIn(temp.folder);
  for (const number of [1, 2, 3]) await first.record(failing(number));
  await first.close();
  temp.folder.store('accounts').write(olderFile);

  const { told, telling } = listener();
  const history = await historyIn(temp.folder, telling);
  const accounts = createAccounts();
  const runs = createRuns();
  const kept = openAccountStore({ accounts, runs, folder: temp.folder, history, ...telling });
  const read: unknown[] = [];
  await kept.ready({ read: ({ seq }, { status }) => read.push([seq, status]), done: () => {} });
  expect(read).toEqual([
    [2, 'recovered'],
    [3, 'still-failing'],
  ]);
  expect(accounts.failing).toMatchObject([{ accountId: 'wallet_1', failures: 3 }]);
  expect(told).toEqual([]);
  await history.close();
});

test('what an older version did not read of a delivery is read again', async () => {
  using temp = tempFolder();
  const { told, telling } = listener();
  const history = await historyIn(temp.folder, telling, () => 0, {
    reread: ({ reading, seq }) => {
      if (reading.status !== 'event' || !reading.event.account) return reading;
      // The second one is not understood any more: what was read then counts.
      if (seq === 2) return { status: 'unrecognized', type: null };
      const account = { ...reading.event.account, owner: { id: 'anna', name: null } };
      return { status: 'event', event: { ...reading.event, account } };
    },
  });
  await history.record(failing(1));
  const options = { folder: temp.folder, history, ...telling };
  const accounts = createAccounts();
  await openAccountStore({ accounts, runs: createRuns(), ...options }).ready();
  expect(accounts.failing).toMatchObject([{ failures: 1, owner: { id: 'anna' } }]);

  await history.record(failing(2));
  const later = createAccounts();
  await openAccountStore({ accounts: later, runs: createRuns(), ...options }).ready();
  expect(later.failing).toMatchObject([{ failures: 2 }]);
  expect(told).toEqual([]);
  await history.close();
});

test('saved accounts and runs load as they were', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record(failing(1));
  const started = entryOf({ run: { stage: 'gains', phase: 'started', userId: 'anna', at: 1 } });
  if (started.status !== 'event') throw new Error('An entry of a test is an event');
  await history.record({ ...draft(2), reading: { status: 'event', event: started.event } });
  const readyWith = async (from: typeof history) => {
    const accounts = createAccounts();
    const runs = createRuns();
    const options = { accounts, runs, folder: temp.folder, ...listener().telling };
    const kept = openAccountStore({ ...options, history: from });
    await kept.ready();
    kept.save();
    return { failing: accounts.failing, runs: runs.list(10, []) };
  };
  const before = await readyWith(history);
  expect(before).toMatchObject({ failing: [{}], runs: [{ outcome: 'going-on' }] });
  const nothing = async function* () {};
  const blind = { ...history, lastSeq: 2, since: nothing };
  expect(await readyWith(blind)).toEqual(before);
  await history.close();
});
