import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { History } from '../../electron/history/history.ts';
import { describeSegment } from '../../electron/history/log/segments.ts';
import { searchFor } from '../../electron/history/search.ts';
import type { InsertAfter } from '../../shared/insert-after.ts';
import { parseQuery } from '../../shared/query.ts';
import type { TimelinePage } from '../../shared/timeline.ts';
import { draft, historyIn } from './support/history.ts';
import { tempFolder } from './support/temp-folder.ts';

const everyone = searchFor(
  parseQuery('is:unrecognized', 0),
  { sources: [], providers: [] },
  () => 0,
);
/** Each page took longer than anyone waits. */
const impatient = () => {
  let at = 0;
  const now = () => {
    at += 1000;
    return at;
  };
  return { ...everyone, now };
};

const numberOf = ({ receivedAt }: { readonly receivedAt: number }) => receivedAt;

const pagesOf = async (history: History, search: Parameters<History['page']>[1]) => {
  const numbers: number[] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = await history.page(before, search);
    expect(page.entries.length).toBeLessThanOrEqual(200);
    numbers.push(...page.entries.map(numberOf));
    before = page.before;
  } while (before !== null);
  return numbers;
};

const exported = async (history: History) => {
  const numbers: number[] = [];
  for await (const { entry } of history.oldestFirst()) numbers.push(entry.receivedAt);
  return numbers;
};

/** Deliveries 1 to `count` come; those that are rejected are admitted before another one comes. */
const lateAdmissions = fc.record({
  count: fc.integer({ min: 0, max: 900 }),
  late: fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 900 }),
      waits: fc.integer({ min: 0, max: 900 }),
    }),
    { maxLength: 40 },
  ),
});

test('what is admitted late stands where it came, in the timeline, in a search and in an export', async () => {
  await fc.assert(
    fc.asyncProperty(lateAdmissions, async ({ count, late }) => {
      using temp = tempFolder();
      let history = await historyIn(temp.folder);
      const waits = new Map(late.map((one) => [one.number, one.waits]));
      const waiting: { number: number; until: number; cameAfter: InsertAfter }[] = [];
      let rejected = 0;
      let kept: Promise<unknown>[] = [];
      for (let number = 1; number <= count; number += 1) {
        const wait = waits.get(number);
        if (wait === undefined) kept.push(history.record(draft(number)));
        else {
          await Promise.all(kept);
          kept = [];
          rejected += 1;
          waiting.push({ number, until: number + wait, cameAfter: [history.lastSeq, rejected] });
        }
        for (const one of waiting.filter(({ until }) => until <= number || number === count)) {
          await Promise.all(kept);
          waiting.splice(waiting.indexOf(one), 1);
          await history.record({ ...draft(one.number), cameAfter: one.cameAfter });
        }
      }
      await Promise.all(kept);

      const asTheyCame = Array.from({ length: count }, (_, at) => at + 1);
      const look = async () => {
        const newestFirst = asTheyCame.toReversed();
        expect(await pagesOf(history, null)).toEqual(newestFirst);
        expect(await pagesOf(history, everyone)).toEqual(newestFirst);
        expect(await pagesOf(history, impatient())).toEqual(newestFirst);
        expect(await exported(history)).toEqual(asTheyCame);
      };
      await look();
      await history.close();
      history = await historyIn(temp.folder);
      await look();
      await history.close();
      rmSync(temp.file('index.json'), { force: true });
      history = await historyIn(temp.folder);
      await look();
      await history.close();
    }),
    { numRuns: 12 },
  );
});

test('what had come before all that is kept stands below all of it', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  for (const number of [2, 3]) await history.record(draft(number));
  await history.record({ ...draft(1), cameAfter: [0, 1] });
  expect(await pagesOf(history, null)).toEqual([3, 2, 1]);
  expect(await pagesOf(history, everyone)).toEqual([3, 2, 1]);
  expect(await exported(history)).toEqual([1, 2, 3]);
  await history.close();
});

test('what came after entries that another history had is not kept on top for ever', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  await history.record({ ...draft(1), cameAfter: [9000, 1] });
  await history.record(draft(2));
  expect(await pagesOf(history, null)).toEqual([2, 1]);
  await history.close();
});

test('a segment is dated from its earliest to its latest receipt, by what was admitted in time where there is any', () => {
  const [first, second, third] = [
    { seq: 1, receivedAt: 50 },
    { seq: 2, receivedAt: 20 },
    { seq: 3, receivedAt: 30 },
  ] as const;
  const late = { seq: 4, receivedAt: 5, cameAfter: [0, 1] } as const;
  expect(describeSegment(1, [first, second, third, late], 9)).toMatchObject({
    ...{ firstAt: 20, lastAt: 50, late: [[4, [0, 1]]] },
  });
  expect(describeSegment(1, [late], 9)).toMatchObject({ firstAt: 5, lastAt: 5 });
});
