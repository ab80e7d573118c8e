import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openQuarantine } from '../../electron/history/quarantine.ts';
import { openAccountStore } from '../../electron/insight/account-store.ts';
import { createAccounts } from '../../electron/insight/accounts.ts';
import { createRuns } from '../../electron/insight/runs.ts';
import { createRecheck } from '../../electron/receiver/recheck.ts';
import type { Folder } from '../../electron/storage/folder.ts';
import { draft, historyIn, listener, quarantineOptions } from '../history/support/history.ts';
import { takenOverByNewer, tempFolder, withUnreadable } from '../history/support/temp-folder.ts';

const entryOf = async (history: Awaited<ReturnType<typeof historyIn>>, seq: number) =>
  (await history.get(seq))?.entry;

/** A start opens a new journal; of the other files it changes none. */
const storesIn = (temp: ReturnType<typeof tempFolder>) =>
  temp.contents().filter(([name]) => !name?.endsWith('.journal'));

/** A history of three entries: the first was seen, came twice, and was told. */
const marked = async () => {
  const temp = tempFolder();
  const history = await historyIn(temp.folder);
  for (const number of [1, 2, 3, 1]) await history.record(draft(number));
  history.markSeen([1], true);
  history.decide(1, { shown: true, why: 'it is new' });
  await history.close();
  return temp;
};

test('damaged marks are set aside and told, and new ones are kept (S2, P4)', async () => {
  using temp = await marked();
  for (const file of ['seen.json', 'marks-00000000.json', 'dedupe-00000000.json'])
    truncateSync(temp.file(file), 20);
  const { told, telling } = listener();
  const history = await historyIn(temp.folder, telling);
  expect(await entryOf(history, 1)).toMatchObject({ seen: false, duplicates: 0 });
  history.markSeen([2], true);
  expect((await history.record(draft(3))).outcome).toBe('duplicate');
  await history.close();

  expect(told.sort()).toEqual([
    'dedupe-00000000.json was damaged and has been rebuilt',
    'marks-00000000.json was damaged: some read marks are lost',
    'seen.json was damaged: some read marks are lost',
  ]);
  expect(temp.names().filter((name) => name.includes('corrupt'))).toEqual([
    ...['dedupe-00000000.json.corrupt-1', 'marks-00000000.json.corrupt-1', 'seen.json.corrupt-1'],
  ]);
  const again = await historyIn(temp.folder);
  expect(await entryOf(again, 2)).toMatchObject({ seen: true });
  expect(await entryOf(again, 3)).toMatchObject({ duplicates: 1 });
  await again.close();
});

test('marks that the system refuses to read are left as they are, and one file does not hold up the others (S2)', async () => {
  using temp = await marked();
  const before = storesIn(temp);
  const { told, telling } = listener();
  const refused = withUnreadable(temp.folder, (name) => /^(seen|marks|dedupe)/.test(name));
  const history = await historyIn(refused, telling);
  expect(await entryOf(history, 1)).toMatchObject({
    seen: false,
    duplicates: 0,
    notification: null,
  });
  expect((await history.record(draft(1))).outcome).toBe('duplicate');
  history.markSeen([2], true);
  await history.close();
  expect(storesIn(temp)).toEqual(before);
  expect(told).toHaveLength(3);
  expect(told.join()).toMatch(/seen\.json cannot be read: the system says EACCES/);

  const blocksOnly = await historyIn(
    withUnreadable(temp.folder, (name) => name === 'marks-00000000'),
  );
  blocksOnly.remark(1, 'a note');
  await Promise.all(Array.from({ length: 2097 }, (_, at) => blocksOnly.record(draft(at + 4))));
  blocksOnly.decide(2100, { shown: true, why: 'it is new' });
  await blocksOnly.close();
  const again = await historyIn(temp.folder);
  expect(await entryOf(again, 1)).toMatchObject({ seen: true, duplicates: 1, notes: [] });
  expect(await entryOf(again, 2100)).toMatchObject({ notification: { shown: true } });
  await again.close();
});

test('marks that the system refused to read are read-only until the next start, and then as they were (S2)', async () => {
  using temp = await marked();
  let refuses = true;
  const history = await historyIn(withUnreadable(temp.folder, () => refuses));
  history.markSeen([3], true);
  history.remark(1, 'a note');
  expect(history.unseen).toBe(2);
  refuses = false;
  history.remark(1, 'another');
  await history.close();

  const again = await historyIn(temp.folder);
  expect(again.unseen).toBe(2);
  expect(await entryOf(again, 1)).toMatchObject({
    ...{ seen: true, duplicates: 1, notes: [], notification: { shown: true } },
  });
  await again.close();
});

test('beside a log of a newer Hookbell all is shown as far as it is understood, and nothing is touched (H17)', async () => {
  using temp = await marked();
  for (const name of ['seen', 'marks-00000000', 'dedupe-00000000']) {
    const store = temp.folder.store(name);
    store.write({ ...Object(store.read()), v: 2, more: true });
  }
  const newer = takenOverByNewer(temp.path);
  const before = temp.contents();
  const { told, telling } = listener();
  const history = await historyIn(newer, telling);
  expect(await entryOf(history, 1)).toMatchObject({ seen: true, duplicates: 1 });
  expect(await history.isDuplicate(draft(2))).toBe(true);
  await expect(history.record(draft(4))).rejects.toThrow('newer Hookbell');
  history.mark('seen', true, [[1, 9]]);
  await history.close();
  expect([temp.contents(), told]).toEqual([before, []]);
});

test('beside a log of a newer Hookbell not even what is damaged is touched (H17)', async () => {
  using temp = await marked();
  for (const file of ['seen.json', 'marks-00000000.json', 'dedupe-00000000.json'])
    writeFileSync(temp.file(file), 'no checksum any more');
  temp.folder.store('accounts').write({ v: 2, upTo: 2, accounts: 'a shape to come' });
  const newer = takenOverByNewer(temp.path);
  const before = temp.contents();
  const { telling } = listener();
  const history = await historyIn(newer, telling);
  const accounts = openAccountStore({
    ...{ accounts: createAccounts(), runs: createRuns(), folder: newer, history, ...telling },
  });
  await accounts.ready();
  expect(await entryOf(history, 1)).toMatchObject({ seen: false });
  history.mark('seen', true, [[1, 9]]);
  accounts.save();
  await history.close();
  expect(temp.contents()).toEqual(before);
});

test('accounts that are damaged or cannot be read are made anew, and only a damaged file is replaced (S2)', async () => {
  const ready = async (folder: Folder) => {
    const { told, telling } = listener();
    const history = await historyIn(folder);
    const accounts = createAccounts();
    const kept = openAccountStore({ accounts, runs: createRuns(), folder, history, ...telling });
    await kept.ready();
    kept.save();
    await history.close();
    return [accounts.upTo, told];
  };
  using temp = await marked();
  const file = () => temp.contents().find(([name]) => name === 'accounts.json')?.[1];
  await ready(temp.folder);
  const saved = file();
  expect(saved).toContain('"upTo":3');
  expect(await ready(withUnreadable(temp.folder, (name) => name === 'accounts'))).toEqual([
    ...[3, ['accounts.json cannot be read: the system says EACCES']],
  ]);
  expect(file()).toBe(saved);

  writeFileSync(temp.file('accounts.json'), 'rot');
  expect(await ready(temp.folder)).toEqual([
    ...[3, ['accounts.json was damaged and has been rebuilt']],
  ]);
  expect([file(), temp.names().includes('accounts.json.corrupt-1')]).toEqual([saved, true]);
});

const rejected = { status: 'rejected', reason: 'signature-wrong', answer: 401 } as const;
const source = {
  ...{ id: 's', provider: 'nobody', name: 'Somebody', tokenHash: '', retired: [] },
  ...{ clientId: null, allowedAddresses: null },
};
type Quarantine = Awaited<ReturnType<typeof openQuarantine>>;
const keep = (quarantine: Quarantine, number: number) =>
  quarantine.keep(
    source,
    {
      ...{ id: `id ${number}`, receivedAt: number, headers: [], body: Buffer.from('body') },
      ...{ senderAddress: null, peerAddress: '', simulated: false },
    },
    rejected,
    { unread: false, newestEntry: 0 },
  );
/** Looks again as after a change of the source, with everything believed; how many were admitted. */
const recheckedIn = async (quarantine: Quarantine) => {
  let admitted = 0;
  const admit = async () => {
    admitted += 1;
    return null;
  };
  const told = { onReadmitted: () => {}, onDone: () => {} };
  await createRecheck({ quarantine, admit, ...told, now: () => 10 })(source);
  return admitted;
};
/** A quarantine of two, of which the first was admitted. */
const rejectedTwice = async () => {
  const temp = tempFolder();
  const quarantine = await openQuarantine(temp.folder, quarantineOptions(listener().telling));
  for (const number of [1, 2]) await keep(quarantine, number);
  quarantine.release(1);
  await quarantine.close();
  return temp;
};

test('a quarantine of a newer Hookbell is shown, and nothing is kept in it, dropped or admitted from it (H17)', async () => {
  using temp = await rejectedTwice();
  const newer = takenOverByNewer(temp.path);
  const before = temp.contents();
  const { told, telling } = listener();
  const quarantine = await openQuarantine(newer, quarantineOptions(telling));
  await keep(quarantine, 3);
  expect(await recheckedIn(quarantine)).toBe(0);
  expect((await quarantine.page(null, 50, 10)).map(({ seq }) => seq)).toEqual([2]);
  await quarantine.close();
  expect([temp.contents(), told]).toEqual([before, []]);
});

test('while what was admitted cannot be known or noted nothing is admitted again, and rejected deliveries are kept (S2)', async () => {
  using temp = await rejectedTwice();
  let refuses = true;
  const quarantine = await openQuarantine(
    withUnreadable(temp.folder, (name) => name === 'released' && refuses),
    quarantineOptions(listener().telling),
  );
  expect(await recheckedIn(quarantine)).toBe(0);
  await keep(quarantine, 3);
  quarantine.release(3);
  refuses = false;
  expect(await recheckedIn(quarantine)).toBe(0);
  await quarantine.close();

  const again = await openQuarantine(temp.folder, quarantineOptions(listener().telling));
  expect(await recheckedIn(again)).toBe(2);
  await again.close();
});
