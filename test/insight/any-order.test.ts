import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAccounts } from '../../electron/insight/accounts.ts';
import { createRuns } from '../../electron/insight/runs.ts';
import type { ProviderEvent } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { day, entryOf, hour, minute, noon } from '../renderer/entries.ts';

/** Everything has happened before any of it is received. */
const past = noon - 9 * day;
const at = fc.integer({ min: 0, max: 48 }).map((quarters) => past + quarters * 15 * minute);

const accountReport = fc.record({
  what: fc.constant('account' as const),
  id: fc.constantFrom('w1', 'w2', 'w3'),
  health: fc.constantFrom('working', 'failing', 'failing-for-now', 'removed', 'unchanged'),
  simulated: fc.boolean(),
  at,
});
const runStep = fc.record({
  what: fc.constant('run' as const),
  userId: fc.constantFrom('anna', 'ben'),
  stage: fc.constantFrom('transfers', 'gains'),
  phase: fc.constantFrom('started', 'completed', 'failed'),
  simulated: fc.boolean(),
  at,
});
const happening = fc.oneof(accountReport, runStep);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const eventOf = (one: Happening, number: number): Partial<ProviderEvent> =>
  one.what === 'account'
    ? {
        occurredAt: one.at,
        account: { id: one.id, name: `name ${number}`, health: one.health },
        // Two connections tell of it.
        occurrence: { keys: [`${number}`], reporter: null },
      }
    : {
        occurredAt: one.at,
        run: { stage: one.stage, phase: one.phase, userId: one.userId, at: one.at },
        occurrence: { keys: [`${number}`], reporter: null },
      };

const startedAnew = () => ({ accounts: createAccounts(), runs: createRuns() });
type Derived = ReturnType<typeof startedAnew>;

const savedOf = ({ accounts, runs }: Derived) => ({ accounts: accounts.save(), runs: runs.save() });

const loaded = (saved: ReturnType<typeof savedOf>, lastSeq: number): Derived => {
  const derived = startedAnew();
  derived.accounts.load(structuredClone(saved.accounts), lastSeq);
  derived.runs.load(structuredClone(saved.runs));
  return derived;
};

const applyAll = ({ accounts, runs }: Derived, entries: readonly TimelineEntry[]): void => {
  for (const entry of entries) {
    runs.apply(entry);
    accounts.apply(entry);
  }
};

/** What a person sees, with events in the place of sequence numbers. */
const seen = ({ accounts, runs }: Derived, happeningOf: (seq: number) => number) => ({
  accounts: accounts
    .list()
    .map(({ condition, ...account }) => ({
      ...account,
      condition: condition && { ...condition, seq: happeningOf(condition.seq) },
    }))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
  runs: runs
    .list(noon, [])
    .map(({ stages, ...run }) => ({
      ...run,
      stages: stages.map(({ seq: _, ...stage }) => stage),
    }))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
});

/** How to begin again after an entry: with all that was known, or from an older state as after a crash. */
type Restart = { readonly after: number; readonly crash: boolean; readonly savedBefore: number };

const played = (
  happenings: readonly Happening[],
  order: readonly number[],
  restarts: readonly Restart[],
) => {
  const entries = order.map((number, place) => {
    const one = happenings[number];
    if (!one) throw new Error('an order of other happenings');
    return entryOf(eventOf(one, number), {
      seq: place + 1,
      id: `id ${number}`,
      simulated: one.simulated,
      receivedAt: noon + place,
    });
  });
  let derived = startedAnew();
  const states = [savedOf(derived)];
  entries.forEach((entry, place) => {
    applyAll(derived, [entry]);
    states.push(savedOf(derived));
    const restart = restarts.find(({ after }) => after === place);
    if (!restart) return;
    const from = restart.crash ? Math.max(0, place + 1 - restart.savedBefore) : place + 1;
    const saved = states[from];
    if (!saved) throw new Error('a state that was never saved');
    derived = loaded(saved, place + 1);
    applyAll(derived, entries.slice(0, place + 1));
  });
  return seen(derived, (seq) => order[seq - 1] ?? -1);
};

const story = fc.array(happening, { minLength: 1, maxLength: 40 }).chain((happenings) => {
  const numbers = happenings.map((_, number) => number);
  // Some come a second time, as from another connection.
  const order = fc
    .tuple(fc.shuffledSubarray(numbers, { minLength: numbers.length }), fc.subarray(numbers))
    .map(([all, again]) => [...all, ...again]);
  const restart = fc.record({
    after: fc.nat(happenings.length),
    crash: fc.boolean(),
    savedBefore: fc.nat(20),
  });
  return fc.record({
    happenings: fc.constant(happenings),
    one: order,
    other: order,
    restarts: fc.array(restart, { maxLength: 3 }),
  });
});

test('health, runs and conditions do not depend on the order of arrival, nor on restarts and crashes between', () => {
  fc.assert(
    fc.property(story, ({ happenings, one, other, restarts }) => {
      expect(played(happenings, one, restarts)).toEqual(played(happenings, other, []));
    }),
    { numRuns: 500 },
  );
});

test('clocks ahead swallow no failure and no recovery: what came last decides', () => {
  const told = fc.record({
    health: fc.constantFrom('working' as const, 'failing' as const),
    after: fc.integer({ min: minute, max: day }),
    travel: fc.integer({ min: 0, max: minute - 1 }),
    ahead: fc.integer({ min: minute, max: 400 * day }),
  });
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 20 }), (reports) => {
      const accounts = createAccounts();
      let now = noon;
      reports.forEach(({ health, after, travel, ahead }, place) => {
        now += after;
        const account = { id: 'w', name: 'Binance', health };
        const before = accounts.failing.length;
        const change = accounts.apply(
          entryOf(
            { account, occurredAt: now + ahead },
            { seq: place + 1, id: `id ${place}`, receivedAt: now + travel },
          ),
        );
        const expected = health === 'failing' ? ['opened', 'still-failing'] : ['none', 'recovered'];
        expect(change.status).toBe(expected[before]);
      });
    }),
  );
});

test('a run whose clock is ahead ends when its end came', () => {
  const runs = createRuns();
  const say = (seq: number, phase: 'started' | 'completed', receivedAt: number) =>
    runs.apply(
      entryOf(
        { run: { stage: 'gains', phase, userId: 'anna', at: receivedAt + hour } },
        { seq, id: `id ${seq}`, receivedAt },
      ),
    );
  say(1, 'started', noon);
  say(2, 'completed', noon + minute);
  expect(runs.list(noon + hour, [])).toMatchObject([
    { outcome: 'completed', stages: [{ elapsedMs: minute }] },
  ]);
});
