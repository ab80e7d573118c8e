import { expect, test } from 'vitest';
import type { HistoryRecord } from '../../electron/history/record.ts';
import { createRepeats, type Remembered } from '../../electron/history/repeats.ts';
import { rowsIn, SavedRepeats, savedRepeats } from '../../electron/history/saved-repeats.ts';
import type { RepeatKey } from '../../electron/providers/provider.ts';

const day = 86_400_000;
const key = (id: string, changed: Partial<RepeatKey> = {}): RepeatKey => ({
  ...{ id, version: 'a', differing: 'conflict', withinMs: null },
  ...changed,
});
const record = (seq: number, receivedAt: number, ...keys: RepeatKey[]): HistoryRecord => ({
  ...{ seq, receivedAt, id: '', sourceId: 's', provider: 'p', headers: [], body: { text: '' } },
  proof: { status: 'verified', secret: 0 },
  ...{ simulated: false, conflicts: false, keys, reading: { status: 'unrecognized', type: null } },
});

test('the same id is a repeat of its source only, the same on two endpoints makes two (Q9)', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('x')));
  expect(repeats.recognize('s', 1, [key('x')])).toEqual({ status: 'repeat', seq: 1, note: null });
  expect(repeats.recognize('other', 1, [key('x')])).toEqual({ status: 'new' });
});

test('a key with a time limit is news again after it', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('x', { withinMs: 60_000 })));
  expect(repeats.recognize('s', 60_000, [key('x', { withinMs: 60_000 })]).status).toBe('repeat');
  expect(repeats.recognize('s', 60_001, [key('x', { withinMs: 60_000 })]).status).toBe('new');
});

test('a time limit counts in both directions: what is admitted late, or a clock set back, swallows nothing', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, day, key('x', { withinMs: 60_000 })));
  expect(repeats.recognize('s', day - 60_000, [key('x', { withinMs: 60_000 })]).status).toBe(
    'repeat',
  );
  expect(repeats.recognize('s', 0, [key('x', { withinMs: 60_000 })]).status).toBe('new');
});

test('another version is a conflict, or a repeat with a note, as the key says', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('x')));
  expect(repeats.recognize('s', 1, [key('x', { version: 'b' })]).status).toBe('conflict');
  const noted = key('x', { version: 'b', differing: { note: 'Also in block b' } });
  expect(repeats.recognize('s', 1, [noted])).toEqual({
    status: 'repeat',
    seq: 1,
    note: 'Also in block b',
  });

  repeats.apply(record(2, 1, key('x', { version: 'b' })));
  expect(repeats.recognize('s', 2, [key('x', { version: 'b' })])).toEqual({
    status: 'repeat',
    seq: 2,
    note: null,
  });
  expect(repeats.recognize('s', 2, [key('x')])).toEqual({ status: 'repeat', seq: 1, note: null });
});

test('any of several keys makes a repeat', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('id'), key('transfer')));
  expect(repeats.recognize('s', 1, [key('another id'), key('transfer')]).status).toBe('repeat');
});

/** As a file gives them back. */
const readBack = (rows: readonly Remembered[]): readonly Remembered[] | null =>
  rowsIn(SavedRepeats.parse(JSON.parse(JSON.stringify(savedRepeats(rows, 1)))));

test('the newest 20,000 keys and all of the last 30 days are remembered, also after saving and going on with it', () => {
  const repeats = createRepeats();
  const rows: Remembered[] = [];
  for (let seq = 1; seq <= 20_000; seq += 1)
    rows.push(...repeats.apply(record(seq, 0, key(`old ${seq}`))));
  expect(repeats.recognize('s', 29 * day, [key('old 1')]).status).toBe('repeat');

  const again = createRepeats();
  again.resume(readBack(rows) ?? [], 20_000);
  for (const memory of [repeats, again]) {
    for (let seq = 20_001; seq <= 20_100; seq += 1)
      memory.apply(record(seq, 40 * day, key(`new ${seq}`)));
    expect(memory.recognize('s', 40 * day, [key('old 100')]).status).toBe('new');
    expect(memory.recognize('s', 40 * day, [key('old 101')]).status).toBe('repeat');
    expect(memory.recognize('s', 40 * day, [key('new 20100')])).toEqual({
      status: 'repeat',
      seq: 20_100,
      note: null,
    });
    expect(memory.from).toBe(101);
    expect(memory.upTo).toBe(20_100);
  }
});

test('a key that became news again is as young as its newest entry, also when it is read again', () => {
  const repeats = createRepeats();
  const minute = key('x', { withinMs: 60_000 });
  const rows = [record(1, 0, minute), record(2, 0, key('y')), record(3, 60_001, minute)].flatMap(
    repeats.apply,
  );
  const again = createRepeats();
  again.resume(readBack(rows) ?? [], 3);
  for (const memory of [repeats, again]) {
    expect(memory.recognize('s', 60_002, [minute])).toMatchObject({ status: 'repeat', seq: 3 });
    expect(memory.from).toBe(2);
  }
});

test('a limit in time is saved with its key', () => {
  const rows = createRepeats().apply(record(1, 0, key('x', { withinMs: 60_000 }), key('y')));
  const again = createRepeats();
  again.resume(readBack(rows) ?? [], 1);
  expect(again.recognize('s', 60_001, [key('x')]).status).toBe('new');
  expect(again.recognize('s', 60_001, [key('y')]).status).toBe('repeat');
});

test('what was saved of nothing is nothing', () => {
  expect(readBack([])).toEqual([]);
});

test('columns that do not belong together are refused', () => {
  const saved = savedRepeats(createRepeats().apply(record(1, 0, key('x'), key('y'))), 1);
  for (const column of ['versions', 'seqs', 'receivedAt', 'withinMs'] as const)
    expect(rowsIn({ ...saved, [column]: '1' })).toBeNull();
  expect(rowsIn({ ...saved, seqs: '1\nx' })).toBeNull();
});
