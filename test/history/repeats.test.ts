import { expect, test } from 'vitest';
import type { HistoryRecord } from '../../electron/history/record.ts';
import { createRepeats, SavedRepeats } from '../../electron/history/repeats.ts';
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

test('the newest 20,000 keys and all of the last 30 days are remembered, also after saving and loading', () => {
  const repeats = createRepeats();
  for (let seq = 1; seq <= 20_000; seq += 1) repeats.apply(record(seq, 0, key(`old ${seq}`)));
  expect(repeats.recognize('s', 29 * day, [key('old 1')]).status).toBe('repeat');
  for (let seq = 20_001; seq <= 20_100; seq += 1)
    repeats.apply(record(seq, 40 * day, key(`new ${seq}`)));

  const again = createRepeats();
  expect(again.load(SavedRepeats.parse(JSON.parse(JSON.stringify(repeats.save()))))).toBe(true);
  expect(again.recognize('s', 40 * day, [key('old 100')]).status).toBe('new');
  expect(again.recognize('s', 40 * day, [key('old 101')]).status).toBe('repeat');
  expect(again.recognize('s', 40 * day, [key('new 20100')])).toEqual({
    status: 'repeat',
    seq: 20_100,
    note: null,
  });
});

test('a limit in time is remembered with its key', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('x', { withinMs: 60_000 }), key('y')));
  const again = createRepeats();
  again.load(repeats.save());
  expect(again.recognize('s', 60_001, [key('x')]).status).toBe('new');
  expect(again.recognize('s', 60_001, [key('y')]).status).toBe('repeat');
});

test('what was saved of nothing is nothing', () => {
  const again = createRepeats();
  expect(again.load(createRepeats().save())).toBe(true);
  expect(again.save()).toEqual(createRepeats().save());
});

test('columns that do not belong together are refused, and nothing is taken from them', () => {
  const repeats = createRepeats();
  repeats.apply(record(1, 0, key('x'), key('y')));
  const again = createRepeats();
  for (const column of ['versions', 'seqs', 'receivedAt', 'withinMs'] as const)
    expect(again.load({ ...repeats.save(), [column]: '1' })).toBe(false);
  expect(again.load({ ...repeats.save(), seqs: '1\nx' })).toBe(false);
  expect(again.upTo).toBe(0);
  expect(again.recognize('s', 1, [key('x')]).status).toBe('new');
});
