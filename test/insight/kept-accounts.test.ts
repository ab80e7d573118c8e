import { expect, test } from 'vitest';
import type { Draft } from '../../electron/history/draft.ts';
import { openHistory } from '../../electron/history/history.ts';
import { createAccounts } from '../../electron/insight/accounts.ts';
import { openKeptAccounts } from '../../electron/insight/kept-accounts.ts';
import { draft, historyIn, listener } from '../history/support/history.ts';
import { systemError, tempFolder } from '../history/support/temp-folder.ts';
import { entryOf } from '../renderer/entries.ts';

/** A delivery that says of one account that it fails. */
const failing = (number: number): Draft => {
  const account = { id: 'wallet_1', name: 'Binance', health: 'failing' as const };
  const entry = entryOf({ account, occurredAt: null });
  if (entry.status !== 'event') throw new Error('An entry of a test is an event');
  return { ...draft(number), reading: { status: 'event', event: entry.event } };
};

test('what comes before the accounts were read is told for what it changes', async () => {
  using temp = tempFolder();
  const first = await historyIn(temp.folder);
  await first.record(draft(1));
  await first.close();

  const history = await historyIn(temp.folder);
  const accounts = createAccounts();
  const kept = openKeptAccounts({
    ...{ accounts, folder: temp.folder, history, ...listener().telling },
  });
  const recorded = await history.record(failing(2));
  kept.save();
  expect(temp.names()).not.toContain('accounts.json');
  await kept.restored();

  expect(accounts.upTo).toBe(1);
  expect(recorded.outcome === 'recorded' && accounts.apply(recorded.entry)).toEqual({
    status: 'opened',
  });
  await history.close();
});

test('when it is quiet after a full segment, what is derived from the entries is saved too', async () => {
  using temp = tempFolder();
  const due: (() => void)[] = [];
  let saves = 0;
  const history = await openHistory({
    ...{ folder: temp.folder, ...listener().telling, now: () => 0 },
    later: (_ms, task) => {
      due.push(task);
      return () => {};
    },
    reread: ({ reading }) => reading,
    factsOf: () => [],
    onMarked: () => {},
    retention: () => ({ days: 90, entries: 100_000, bytes: 1024 ** 3 }),
    onSaved: () => {
      saves += 1;
    },
  });
  await Promise.all(Array.from({ length: 257 }, (_, number) => history.record(draft(number))));
  await expect
    .poll(() => {
      for (const task of due.splice(0)) task();
      return saves;
    })
    .toBeGreaterThan(0);
  await history.close();
});

test('accounts that cannot be read from the history now are when they are asked for again', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record(failing(1));
  let refuses = true;
  const accounts = createAccounts();
  const kept = openKeptAccounts({
    ...{ accounts, folder: temp.folder, ...listener().telling },
    history: {
      readOnly: false,
      lastSeq: 1,
      get: history.get,
      since: (from) => {
        if (refuses) throw systemError('EMFILE');
        return history.since(from);
      },
    },
  });
  await expect(kept.restored()).rejects.toThrow('EMFILE');
  refuses = false;
  await kept.restored();
  expect(accounts.failing).toHaveLength(1);
  await history.close();
});
