import { expect, test } from 'vitest';
import { createDedupe, type Remembered } from '../../electron/history/dedupe.ts';
import { rowsIn, SavedDedupe, savedDedupe } from '../../electron/history/dedupe-blocks.ts';
import type { HistoryRecord } from '../../electron/history/record.ts';
import type { IdempotencyKey } from '../../electron/providers/provider.ts';

const day = 86_400_000;
const key = (id: string, changed: Partial<IdempotencyKey> = {}): IdempotencyKey => ({
  ...{ id, version: 'a', differing: 'conflict', withinMs: null },
  ...changed,
});
const record = (seq: number, receivedAt: number, ...keys: IdempotencyKey[]): HistoryRecord => ({
  ...{ seq, receivedAt, id: '', sourceId: 's', provider: 'p', headers: [], body: { text: '' } },
  proof: { status: 'verified', secret: 0 },
  ...{ simulated: false, conflicts: false, keys, reading: { status: 'unrecognized', type: null } },
});

test('the same id is a repeat of its source only, the same on two endpoints makes two (Q9)', () => {
  const dedupe = createDedupe();
  dedupe.apply(record(1, 0, key('x')));
  expect(dedupe.recognize('s', 1, [key('x')])).toEqual({
    status: 'duplicate',
    seq: 1,
    note: null,
  });
  expect(dedupe.recognize('other', 1, [key('x')])).toEqual({ status: 'new' });
});

test('a key with a time limit is news again after it', () => {
  const dedupe = createDedupe();
  dedupe.apply(record(1, 0, key('x', { withinMs: 60_000 })));
  expect(dedupe.recognize('s', 60_000, [key('x', { withinMs: 60_000 })]).status).toBe('duplicate');
  expect(dedupe.recognize('s', 60_001, [key('x', { withinMs: 60_000 })]).status).toBe('new');
});

test('a time limit counts in both directions: what is admitted late, or a clock set back, swallows nothing', () => {
  const dedupe = createDedupe();
  dedupe.apply(record(1, day, key('x', { withinMs: 60_000 })));
  expect(dedupe.recognize('s', day - 60_000, [key('x', { withinMs: 60_000 })]).status).toBe(
    'duplicate',
  );
  expect(dedupe.recognize('s', 0, [key('x', { withinMs: 60_000 })]).status).toBe('new');
});

test('another version is a conflict, or a repeat with a note, as the key says', () => {
  const dedupe = createDedupe();
  dedupe.apply(record(1, 0, key('x')));
  expect(dedupe.recognize('s', 1, [key('x', { version: 'b' })]).status).toBe('conflict');
  const noted = key('x', { version: 'b', differing: { note: 'Also in block b' } });
  expect(dedupe.recognize('s', 1, [noted])).toEqual({
    status: 'duplicate',
    seq: 1,
    note: 'Also in block b',
  });

  dedupe.apply(record(2, 1, key('x', { version: 'b' })));
  expect(dedupe.recognize('s', 2, [key('x', { version: 'b' })])).toEqual({
    status: 'duplicate',
    seq: 2,
    note: null,
  });
  expect(dedupe.recognize('s', 2, [key('x')])).toEqual({
    status: 'duplicate',
    seq: 1,
    note: null,
  });
});

test('any of several keys makes a repeat', () => {
  const dedupe = createDedupe();
  dedupe.apply(record(1, 0, key('id'), key('transfer')));
  expect(dedupe.recognize('s', 1, [key('another id'), key('transfer')]).status).toBe('duplicate');
});

/** As a file gives them back. */
const readBack = (rows: readonly Remembered[]): readonly Remembered[] | null =>
  rowsIn(SavedDedupe.parse(JSON.parse(JSON.stringify(savedDedupe(rows, 1)))));

test('the newest 20,000 keys and all of the last 30 days are remembered, also after saving and going on with it', () => {
  const dedupe = createDedupe();
  const rows: Remembered[] = [];
  for (let seq = 1; seq <= 20_000; seq += 1)
    rows.push(...dedupe.apply(record(seq, 0, key(`old ${seq}`))));
  expect(dedupe.recognize('s', 29 * day, [key('old 1')]).status).toBe('duplicate');

  const again = createDedupe();
  again.resume(readBack(rows) ?? [], 20_000);
  for (const memory of [dedupe, again]) {
    for (let seq = 20_001; seq <= 20_100; seq += 1)
      memory.apply(record(seq, 40 * day, key(`new ${seq}`)));
    expect(memory.recognize('s', 40 * day, [key('old 100')]).status).toBe('new');
    expect(memory.recognize('s', 40 * day, [key('old 101')]).status).toBe('duplicate');
    expect(memory.recognize('s', 40 * day, [key('new 20100')])).toEqual({
      status: 'duplicate',
      seq: 20_100,
      note: null,
    });
    expect(memory.from).toBe(101);
    expect(memory.upTo).toBe(20_100);
  }
});

test('a key that became news again is as young as its newest entry, also when it is read again', () => {
  const dedupe = createDedupe();
  const minute = key('x', { withinMs: 60_000 });
  const rows = [record(1, 0, minute), record(2, 0, key('y')), record(3, 60_001, minute)].flatMap(
    dedupe.apply,
  );
  const again = createDedupe();
  again.resume(readBack(rows) ?? [], 3);
  for (const memory of [dedupe, again]) {
    expect(memory.recognize('s', 60_002, [minute])).toMatchObject({ status: 'duplicate', seq: 3 });
    expect(memory.from).toBe(2);
  }
});

test('a limit in time is saved with its key', () => {
  const rows = createDedupe().apply(record(1, 0, key('x', { withinMs: 60_000 }), key('y')));
  const again = createDedupe();
  again.resume(readBack(rows) ?? [], 1);
  expect(again.recognize('s', 60_001, [key('x')]).status).toBe('new');
  expect(again.recognize('s', 60_001, [key('y')]).status).toBe('duplicate');
});

test('what was saved of nothing is nothing', () => {
  expect(readBack([])).toEqual([]);
});

test('columns that do not belong together are refused', () => {
  const saved = savedDedupe(createDedupe().apply(record(1, 0, key('x'), key('y'))), 1);
  for (const column of ['versions', 'seqs', 'receivedAt', 'withinMs'] as const)
    expect(rowsIn({ ...saved, [column]: '1' })).toBeNull();
  expect(rowsIn({ ...saved, seqs: '1\nx' })).toBeNull();
});
