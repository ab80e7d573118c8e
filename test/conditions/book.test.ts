import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Absence,
  type Book,
  type ConditionChanges,
  createBook,
  type SavedCondition,
} from '../../electron/conditions/book.ts';
import type { ConditionReason, ReasonOf } from '../../shared/condition.ts';
import { conditionIdOf } from '../../shared/conditions/conditions.ts';

const start = Date.UTC(2026, 10, 27);
const hour = 3_600_000;

const failing = (own: Partial<ReasonOf<'account-failing'>> = {}): ReasonOf<'account-failing'> => ({
  code: 'account-failing',
  sourceId: 'main',
  accountId: 'binance',
  account: 'Binance',
  title: 'Binance could not sync',
  summary: 'API key was rejected',
  since: start,
  seq: 1,
  failures: 1,
  simulated: false,
  ...own,
});
const id = conditionIdOf(failing());
const closed = { code: 'keyring-closed', why: 'locked' } satisfies ConditionReason;
const damaged = {
  code: 'history-damaged',
  what: 'seg-1.json is damaged',
} satisfies ConditionReason;
const plain = { code: 'keyring-missing', stored: true } satisfies ConditionReason;

const told = ({ opened, changed, ended }: ConditionChanges) => ({
  opened: opened.map((one) => one.id),
  changed: changed.map((one) => one.id),
  ended: ended.map((one) => one.id),
});
const nothing = { opened: [], changed: [], ended: [] };

/** A book that is saved and read again between every two steps, or never. */
const openBook = (restarts: boolean) => {
  let at = start;
  let book: Book = createBook(() => at);
  const restart = (): void => {
    const saved: SavedCondition[] = JSON.parse(JSON.stringify(book.save()));
    book = createBook(() => at, saved);
  };
  const step = <T>(work: () => T): T => {
    if (restarts) restart();
    return work();
  };
  let holding: readonly ConditionReason[] = [];
  const found = (): Book => {
    if (restarts) book.update(holding, () => 'not-found-yet');
    return book;
  };
  return {
    pass: (ms: number) => {
      at += ms;
    },
    restart,
    holds: (reasons: readonly ConditionReason[], absence: Absence = 'over') => {
      holding = reasons;
      return step(() => told(book.update(reasons, () => absence)));
    },
    does: (work: (book: Book) => ConditionChanges) => step(() => told(work(found()))),
    list: () => found().list(),
    state: () => found().list()[0]?.state.status,
  };
};

describe.each([
  ['in one run', false],
  ['with a restart between every two steps', true],
])('%s', (_how, restarts) => {
  test('a condition opens, changes and ends once each', () => {
    const book = openBook(restarts);
    expect(book.holds([failing()])).toEqual({ ...nothing, opened: [id] });
    expect(book.holds([failing()])).toEqual(nothing);
    expect(book.holds([failing({ failures: 2 })])).toEqual({ ...nothing, changed: [id] });
    expect(book.holds([])).toEqual({ ...nothing, ended: [id] });
    expect(book.holds([])).toEqual(nothing);
  });

  test('a condition without a start of its own keeps when it was first seen', () => {
    const book = openBook(restarts);
    book.holds([closed]);
    book.pass(hour);
    book.holds([closed]);
    expect(book.list()).toMatchObject([{ since: start }]);
  });

  test('one snoozed for an hour needs the person again after it, although it failed meanwhile', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    expect(book.does(({ snooze }) => snooze(id, start + hour))).toEqual({
      ...nothing,
      changed: [id],
    });
    book.holds([failing({ failures: 2 })]);
    book.pass(hour - 1);
    book.holds([failing({ failures: 3 })]);
    expect(book.state()).toBe('snoozed');
    book.pass(1);
    expect(book.holds([failing({ failures: 3 })])).toEqual({ ...nothing, changed: [id] });
    expect(book.state()).toBe('open');
  });

  test('one snoozed until it fails again is open with the next failure', () => {
    const book = openBook(restarts);
    book.holds([failing({ failures: 2 })]);
    book.does(({ snooze }) => snooze(id, 'fails-again'));
    book.pass(30 * 24 * hour);
    book.holds([failing({ failures: 2 })]);
    expect(book.state()).toBe('snoozed');
    book.holds([failing({ failures: 3 })]);
    expect(book.state()).toBe('open');
  });

  test('one snoozed until it fails again is open when it recovered and failed unseen', () => {
    const book = openBook(restarts);
    book.holds([failing({ failures: 5 })]);
    book.does(({ snooze }) => snooze(id, 'fails-again'));
    book.holds([failing({ failures: 1, seq: 9 })]);
    expect(book.state()).toBe('open');
  });

  test('an acknowledged one stays so however often it fails, and is open with other news', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    book.does(({ acknowledge }) => acknowledge(id));
    book.holds([failing({ failures: 40 })]);
    expect(book.state()).toBe('acknowledged');
    book.holds([failing({ failures: 41, title: 'Binance refuses the API key' })]);
    expect(book.state()).toBe('open');
  });

  test('one that is taken back is open', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    book.does(({ acknowledge }) => acknowledge(id));
    expect(book.does(({ reopen }) => reopen(id))).toEqual({ ...nothing, changed: [id] });
    expect(book.does(({ reopen }) => reopen(id))).toEqual(nothing);
    expect(book.state()).toBe('open');
  });

  test('one that ended and opens again is open, and has no mark', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    book.does(({ snooze }) => snooze(id, start + hour));
    book.holds([]);
    expect(book.holds([failing({ seq: 7 })])).toEqual({ ...nothing, opened: [id] });
    expect(book.state()).toBe('open');
  });

  test('while accounts are being read nothing ends', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    book.does(({ acknowledge }) => acknowledge(id));
    expect(book.holds([], 'unknown')).toEqual(nothing);
    expect(book.holds([failing()])).toEqual(nothing);
    expect(book.state()).toBe('acknowledged');
  });

  test('an unknown condition, and an end in the past, change nothing', () => {
    const book = openBook(restarts);
    book.holds([failing()]);
    expect(book.does(({ snooze }) => snooze('nonsense', 'fails-again'))).toEqual(nothing);
    expect(book.does(({ snooze }) => snooze(id, start))).toEqual(nothing);
    expect(book.does(({ acknowledge }) => acknowledge(''))).toEqual(nothing);
    expect(book.state()).toBe('open');
  });
});

test('the gravest comes first, then the newest', () => {
  const book = openBook(false);
  book.holds([plain]);
  book.pass(hour);
  book.holds([plain, closed, failing()]);
  expect(book.list().map(({ reason }) => reason.code)).toEqual([
    'keyring-closed',
    'account-failing',
    'keyring-missing',
  ]);
});

test('a condition from before the start is not shown before it is found again', () => {
  const book = openBook(false);
  book.holds([failing()]);
  book.does(({ acknowledge }) => acknowledge(id));
  book.restart();
  expect(book.holds([], 'not-found-yet')).toEqual(nothing);
  expect(book.list()).toEqual([]);
  expect(book.holds([failing()])).toEqual(nothing);
  expect(book.state()).toBe('acknowledged');
});

test('one that is not found again after the start has ended', () => {
  const book = openBook(false);
  book.holds([failing()]);
  book.restart();
  expect(book.holds([])).toEqual({ ...nothing, ended: [id] });
});

test('what was read and each start says again is not open again, also where a start is late to find it', () => {
  const book = openBook(false);
  book.holds([plain]);
  book.does(({ acknowledge }) => acknowledge('keyring-missing'));
  for (let start = 0; start < 3; start += 1) {
    book.restart();
    expect(book.holds([])).toEqual(nothing);
    expect(book.holds([plain])).toEqual(nothing);
    expect(book.state()).toBe('acknowledged');
  }
});

test('what happened once and was read is news when it happens in another run', () => {
  const book = openBook(false);
  const ofDamage = conditionIdOf(damaged);
  book.holds([damaged]);
  book.does(({ acknowledge }) => acknowledge(ofDamage));
  expect(book.holds([damaged])).toEqual(nothing);
  book.restart();
  expect(book.holds([damaged])).toEqual({ ...nothing, opened: [ofDamage] });
});

test('the file is bounded, and keeps marks before others', () => {
  let at = start;
  const book = createBook(() => at);
  const many = Array.from({ length: 1500 }, (_, n) => failing({ accountId: `account-${n}` }));
  book.update(many, () => 'over');
  at += 1;
  const marked = many.slice(-3).map(conditionIdOf);
  for (const one of marked) book.acknowledge(one);
  const saved = book.save();
  expect(saved).toHaveLength(1000);
  expect(saved.slice(0, 3).map(({ reason }) => conditionIdOf(reason))).toEqual(marked);
});

const Step = fc.oneof(
  fc.record({ does: fc.constant('fail' as const), news: fc.nat(2) }),
  fc.record({ does: fc.constantFrom('recover', 'acknowledge', 'snooze', 'until-again', 'reopen') }),
  fc.record({ does: fc.constant('wait' as const), ms: fc.nat(2 * hour) }),
);

test('restarts between any steps change nothing that is seen', () => {
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 30 }), (steps) => {
      const states = [false, true].map((restarts) => {
        const book = openBook(restarts);
        let at = start;
        let now: ReasonOf<'account-failing'> | null = null;
        return steps.map((step, seq) => {
          if ('news' in step) {
            const title = `Could not sync (${step.news})`;
            now = now
              ? { ...now, failures: now.failures + 1, title }
              : failing({ seq, title, since: at });
          } else if ('ms' in step) {
            at += step.ms;
            book.pass(step.ms);
          } else if (step.does === 'recover') now = null;
          book.holds(now ? [now] : []);
          if (step.does === 'acknowledge') book.does(({ acknowledge }) => acknowledge(id));
          if (step.does === 'snooze') book.does(({ snooze }) => snooze(id, at + hour));
          if (step.does === 'until-again') book.does(({ snooze }) => snooze(id, 'fails-again'));
          if (step.does === 'reopen') book.does(({ reopen }) => reopen(id));
          return book.list();
        });
      });
      expect(states[0]).toEqual(states[1]);
    }),
  );
});
