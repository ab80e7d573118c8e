import { expect, test } from 'vitest';
import { createOccurrences } from '../../electron/insight/occurrences.ts';
import { entryOf } from '../renderer/entries.ts';

const reporting = (seq: number, key: string, reporter: string | null, more = {}) =>
  entryOf({ occurrence: { keys: [key], reporter } }, { seq, ...more });

test('reports of several connections are one occurrence', () => {
  const { apply } = createOccurrences();
  expect(apply(reporting(1, 'a', 'grant 1'))).toBeNull();
  expect(apply(reporting(2, 'a', 'grant 2'))).toEqual({
    seqs: [1, 2],
    note: 'Seen by 2 connections',
    noteBefore: null,
  });
  expect(apply(reporting(3, 'a', 'grant 3'))).toEqual({
    seqs: [1, 2, 3],
    note: 'Seen by 3 connections',
    noteBefore: 'Seen by 2 connections',
  });
});

test('two reports of one connection do not count as two connections', () => {
  const { apply } = createOccurrences();
  apply(reporting(1, 'a', 'grant 1'));
  expect(apply(reporting(2, 'a', 'grant 1'))?.note).toBe('Reported 2 times');
  const unnamed = createOccurrences();
  unnamed.apply(reporting(1, 'a', null));
  expect(unnamed.apply(reporting(2, 'a', null))?.note).toBe('Reported 2 times');
});

test('one shared key is enough', () => {
  const { apply } = createOccurrences();
  apply(entryOf({ occurrence: { keys: ['workspace', 'id 1'], reporter: 'g1' } }, { seq: 1 }));
  apply(entryOf({ occurrence: { keys: ['workspace', 'id 2'], reporter: 'g2' } }, { seq: 2 }));
  expect(apply(reporting(3, 'id 2', 'g2'))?.seqs).toEqual([1, 2, 3]);
});

test('sources and simulated events never share an occurrence, and events without a key have none', () => {
  const { apply } = createOccurrences();
  apply(reporting(1, 'a', null));
  expect(apply(reporting(2, 'a', null, { sourceId: 'other' }))).toBeNull();
  expect(apply(reporting(3, 'a', null, { simulated: true }))).toBeNull();
  expect(apply(entryOf({}, { seq: 4 }))).toBeNull();
  expect(apply(entryOf({}, { seq: 5 }))).toBeNull();
});

test('applying an entry twice changes nothing, and the oldest occurrences are dropped', () => {
  const { apply } = createOccurrences();
  apply(reporting(1, 'a', 'g1'));
  expect(apply(reporting(1, 'a', 'g1'))).toBeNull();
  for (let seq = 2; seq <= 1001; seq += 1) apply(reporting(seq, `key ${seq}`, null));
  expect(apply(reporting(1002, 'a', 'g2'))).toBeNull();
});
