import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupWords } from '../../renderer/timeline/group-words.ts';
import { groupsOf } from '../../renderer/timeline/groups.ts';
import { layLines } from '../../renderer/timeline/lines.ts';
import { append, insert, type Row, toRow } from '../../renderer/timeline/rows.ts';
import type { Health } from '../../shared/event.ts';
import type { Run } from '../../shared/run.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { day, entryOf, hour, minute, noon } from './entries.ts';

const account = (health: Health, id = 'binance') => ({ id, name: 'Binance', health });
const fails = (seq: number, receivedAt: number) =>
  entryOf({ account: account('failing') }, { seq, receivedAt });
const works = (seq: number, receivedAt: number) =>
  entryOf(
    {
      ...{ kind: 'sync.completed', title: 'Binance synced', summary: '', severity: 'success' },
      account: account('working'),
    },
    { seq, receivedAt },
  );
const received = (seq: number, receivedAt: number, chain = 'Ethereum') =>
  entryOf(
    { kind: 'nft.received', title: 'NFT received', summary: '#1', severity: 'info', chain },
    { seq, receivedAt },
  );
type Step = ['transfers' | 'gains', 'started' | 'completed' | 'failed'];
const step = (seq: number, receivedAt: number, [stage, phase]: Step, userId = 'ana') =>
  entryOf(
    { kind: 'run.started', title: `${stage} ${phase}`, run: { stage, phase, userId, at: null } },
    { seq, receivedAt },
  );
const other = (seq: number, receivedAt: number) => entryOf({}, { seq, receivedAt });

/** The list as a person sees it: numbers of entries, those of a group together. `of`: oldest first. */
const things = (of: TimelineEntry[], unfolded: number[] = []) =>
  drawn([...of].reverse().map(toRow), unfolded);

function drawn(rows: Row[], unfolded: number[] = []): (number | string)[] {
  const lines = layLines(rows, new Set(unfolded), groupsOf(rows));
  return Array.from(lines.times, (_, at) => {
    const line = lines.at(at);
    const seq = rows[line?.index ?? -1]?.seq ?? 0;
    if (line?.what === 'head') return `${line.group.as} of ${line.group.members.length} at ${seq}`;
    return line?.what === 'member' ? `- ${seq}` : seq;
  });
}

describe('groups', () => {
  test('the failures of an account and its recovery are one row, where the newest of them stands', () => {
    const of = [fails(1, noon), other(2, noon), fails(3, noon + hour), works(4, noon + 2 * hour)];
    expect(things(of)).toEqual(['outage of 3 at 4', 2]);
    expect(things(of, [3])).toEqual(['outage of 3 at 4', '- 4', '- 3', '- 1', 2]);
  });

  test('a success that ends nothing stands alone, and the next failure begins another outage', () => {
    expect(things([works(1, noon), fails(2, noon + hour)])).toEqual([2, 1]);
    const twice = [fails(1, noon), works(2, noon), fails(3, noon), works(4, noon)];
    expect(things(twice)).toEqual(['outage of 2 at 4', 'outage of 2 at 2']);
  });

  test('the steps of one user are one run; the same step again begins another', () => {
    const run = [
      step(1, noon, ['transfers', 'started']),
      step(2, noon + minute, ['transfers', 'started'], 'ben'),
      step(3, noon + 2 * minute, ['transfers', 'completed']),
      step(4, noon + 3 * minute, ['gains', 'started']),
      step(5, noon + 9 * minute, ['gains', 'completed']),
      step(6, noon + 9 * minute, ['gains', 'completed']),
    ];
    expect(things(run)).toEqual([6, 'run of 4 at 5', 2]);
  });

  test('gains and losses that begin long after the transfers are a run of their own', () => {
    const late = [
      step(1, noon, ['transfers', 'started']),
      step(2, noon + minute, ['transfers', 'completed']),
      step(3, noon + 2 * hour, ['gains', 'started']),
      step(4, noon + 3 * hour, ['gains', 'completed']),
    ];
    expect(things(late)).toEqual(['run of 2 at 4', 'run of 2 at 2']);
  });

  test('many of one kind on one chain within minutes are a burst; two are not, and a day ends it', () => {
    const burst = [1, 2, 3].map((seq) => received(seq, noon + seq * minute));
    expect(things([...burst, received(4, noon + 4 * minute, 'Polygon')])).toEqual([
      ...[4, 'burst of 3 at 3'],
    ]);
    expect(things(burst.slice(1))).toEqual([3, 2]);
    expect(things([...burst.slice(1), received(4, noon + hour)])).toEqual([4, 3, 2]);
    const midnight = new Date(2026, 10, 21).getTime();
    const across = [1, 2, 3].map((seq) => received(seq, midnight + (seq - 3) * minute));
    expect(things(across)).toEqual([3, 2, 1]);
  });

  test('simulated entries and conflicts join no real group', () => {
    const of = [fails(1, noon), { ...fails(2, noon), simulated: true }];
    expect(things([...of, { ...fails(3, noon), conflicts: true }])).toEqual([3, 2, 1]);
  });
});

const anyEntry = fc.oneof(
  fc.constantFrom<Health>('failing', 'working').map((health) => ({ account: account(health) })),
  fc.constantFrom('Ethereum', 'Polygon').map((chain) => ({ kind: 'nft.received' as const, chain })),
  fc
    .tuple(
      fc.constantFrom('transfers' as const, 'gains' as const),
      fc.constantFrom('started' as const, 'completed' as const),
    )
    .map(([stage, phase]) => ({ run: { stage, phase, userId: 'ana', at: null } })),
  fc.constant({}),
);
/** Oldest first. */
const anyEntries = fc
  .array(fc.tuple(anyEntry, fc.integer({ min: 0, max: 20 * minute })), { maxLength: 60 })
  .map((all) => {
    let at = noon - day;
    return all.map(([event, pause], index) => {
      at += pause;
      return entryOf(event, { seq: index + 1, receivedAt: at });
    });
  });

describe('whatever came', () => {
  test('every entry is in exactly one row, and in its order within a group', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        const rows = [...entries].reverse().map(toRow);
        const lines = layLines(rows, new Set(), groupsOf(rows));
        const found = Array.from(lines.times, (_, at) => lines.at(at)).flatMap((line) => {
          if (!line) return [];
          return line.what === 'head' ? line.group.members : [line.index];
        });
        expect([...found].sort((a, b) => a - b)).toEqual(rows.map((_, index) => index));
        const all = layLines(rows, new Set(rows.map(({ seq }) => seq)), groupsOf(rows));
        rows.forEach((_, index) => {
          const line = all.at(all.lineOf(index, false));
          expect(line).toMatchObject({ index });
          expect(line?.what).not.toBe('head');
          expect(lines.at(lines.lineOf(index, false))).toEqual(lines.at(lines.lineOf(index, true)));
        });
      }),
    );
  });

  test('pages and arrivals, put together, are grouped like all entries at once', () => {
    fc.assert(
      fc.property(anyEntries, fc.nat(60), fc.nat(60), (entries, one, two) => {
        const [from, to] = [Math.min(one, two), Math.max(one, two)];
        const newest = [...entries].reverse();
        const part = newest.slice(from, to).map(toRow);
        const rows = insert(
          append(part, newest.slice(to)),
          newest.slice(0, from).reverse(),
          part.at(-1) ?? null,
        );
        if (part.length > 0) expect(drawn(rows)).toEqual(drawn(newest.map(toRow)));
      }),
    );
  });

  test('an older page splits no group, and moves no row above another', () => {
    fc.assert(
      fc.property(anyEntries, fc.nat(60), (entries, cut) => {
        const rows = [...entries].reverse().map(toRow);
        const some = rows.slice(0, cut);
        const [before, now] = [groupsOf(some), groupsOf(rows)];
        const pageByPage = groupsOf(rows, groupsOf(rows.slice(0, cut + 7), before));
        const groupsIn = ({ of }: typeof now) => rows.map((_, index) => of(index));
        expect(groupsIn(pageByPage)).toEqual(groupsIn(now));
        expect(before.groups).toEqual(groupsOf(some).groups);
        some.forEach((_, index) => {
          for (const member of before.of(index)?.members ?? [])
            expect(now.of(member)).toBe(now.of(index));
          const lead = now.of(index)?.members[0] ?? index;
          expect(lead).toBeLessThanOrEqual(before.of(index)?.members[0] ?? index);
        });
      }),
    );
  });
});

describe('the words of a group', () => {
  const said = (of: ReturnType<typeof fails>[], as: 'burst' | 'outage' | 'run', run?: Run) => {
    const [lead] = [...of].reverse();
    if (!lead) throw new Error('A group has entries.');
    return Object.values(groupWords(as, [...of].reverse().map(toRow), lead, run ?? null));
  };

  test('an outage tells its tries, and how long it took until it works again', () => {
    const failures = [fails(1, noon), fails(2, noon + minute), fails(3, noon + 70 * minute)];
    expect(said([...failures, works(4, noon + 75 * minute)], 'outage')).toEqual([
      ...['Binance works again', 'After 75 min and 3 failed tries'],
    ]);
    const [title, second] = said(failures, 'outage');
    expect(title).toBe('Binance could not sync');
    expect(second).toMatch(/^3 tries since \d\d:00( [ap]m)? · API key refused$/);
  });

  test('a burst tells how many, of what and where', () => {
    expect(
      said(
        [1, 2, 3].map((seq) => received(seq, noon)),
        'burst',
      ),
    ).toEqual([...['NFT received ×3 on Ethereum', 'Newest: #1']]);
  });

  test('a run tells how long its stages took, against the usual time', () => {
    const ended = { startedAt: noon, endedAt: noon, outcome: 'completed', seq: 1 } as const;
    const stages: Run['stages'] = [
      { ...ended, stage: 'transfers', elapsedMs: 2 * minute, usualMs: null },
      { ...ended, stage: 'gains', elapsedMs: 6 * minute, usualMs: 8 * minute },
    ];
    const run: Run = {
      ...{ sourceId: 'main', userId: 'ana', user: null, simulated: false, stages },
      ...{ outcome: 'completed', overdue: false, stuck: false, endMayBeMissed: false },
    };
    const steps = [step(1, noon, ['gains', 'started']), step(2, noon, ['gains', 'completed'])];
    expect(said(steps, 'run', run)[1]).toBe(
      'Transfers in 2 min · gains and losses in 6 min, 2 min faster than usual',
    );
  });
});
