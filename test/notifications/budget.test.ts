import { expect, test } from 'vitest';
import type { Announcement } from '../../electron/notifications/announcement.ts';
import { createCoalescer } from '../../electron/notifications/coalescer.ts';
import { virtualClock } from '../support/clock.ts';

type Told = { readonly at: number; readonly title: string; readonly body: string };
type Happening = Partial<Announcement> & Pick<Announcement, 'kind' | 'sourceId' | 'title'>;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The notifications of a day. `happening` is called every second of a busy hour, and every minute otherwise. */
const live = async (
  happening: (at: number) => readonly Happening[],
  { lengthMs, busyHours }: { lengthMs: number; busyHours: ReadonlySet<number> },
) => {
  const clock = virtualClock();
  const shown: Told[] = [];
  const undecided = new Set<string>();
  let [at, count] = [0, 0];
  const coalescer = createCoalescer({
    ...{ schedule: clock.schedule, now: clock.now, detail: () => 'full', commit: () => {} },
    notifier: {
      show: async ({ title, body }) => {
        shown.push({ at, title, body });
        return { status: 'shown' };
      },
      withdraw: () => {},
    },
  });
  while (at < lengthMs) {
    for (const one of happening(at)) {
      count += 1;
      const name = `${one.title} ${count}`;
      undecided.add(name);
      coalescer.notify({
        ...{ sourceName: one.sourceId, body: '', quiet: false, simulated: false },
        opening: { what: 'entry', seq: count },
        decided: () => undecided.delete(name),
        ...one,
      });
    }
    const stepMs = busyHours.has(Math.floor(at / hour)) ? second : minute;
    at += stepMs;
    clock.setForward(stepMs);
    await Promise.resolve();
  }
  return { shown, count, undecided };
};

const withinMinute = (shown: readonly Told[], from: number) =>
  shown.filter(({ at }) => at >= from && at < from + minute).length;

test('on a busy day at most 10 notifications a minute cover everything, and a theft is shown by itself within 15 s (N6)', async () => {
  const busyHours = new Set([9]);
  const theftsAt = [9.2, 9.5, 9.7, 9.9].map((hours) => Math.round(hours * 3600) * second);
  const every = (at: number, ms: number, one: Happening) => (at % ms === 0 ? [one] : []);

  const day = await live(
    (at) => {
      const account = { thing: `${at}`, accountName: `Account ${at}` };
      const calm = [
        { kind: 'costbasis.completed', sourceId: 'runs', title: 'Gains are up to date' },
      ] as const;
      if (!busyHours.has(Math.floor(at / hour)))
        return calm.flatMap((one) => every(at, 90 * minute, one));
      const theft = {
        kind: 'nft.sent',
        sourceId: 'wallet',
        title: 'NFT left your wallet',
      } as const;
      return [
        ...every(at, second, { kind: 'nft.received', sourceId: 'mint', title: 'NFT received' }),
        ...every(at, second, { kind: 'nft.moved', sourceId: 'mint', title: 'NFT moved' }),
        ...every(at, 2 * second, { kind: 'quarantine', sourceId: 'wallet', title: 'Refused' }),
        ...every(at, 3 * second, {
          ...{ kind: 'sync.failed', sourceId: 'exchanges', title: `Account ${at} could not sync` },
          ...account,
        }),
        ...every(at, 7 * second, { ...calm[0], sourceId: 'more runs' }),
        ...(theftsAt.includes(at) ? [theft] : []),
      ];
    },
    { lengthMs: 24 * hour, busyHours },
  );

  const most = Math.max(...day.shown.map(({ at }) => withinMinute(day.shown, at)));
  expect(most).toBeLessThanOrEqual(10);
  for (const theftAt of theftsAt) {
    const told = day.shown.filter(({ title }) => title === 'NFT left your wallet');
    expect(told.filter(({ at }) => at >= theftAt && at <= theftAt + 15 * second)).toHaveLength(1);
  }
  expect(day.count).toBeGreaterThan(9_000);
  expect([...day.undecided]).toEqual([]);
});

test('two noisy sources leave the budget for the first notification of a third (N6)', async () => {
  const day = await live(
    (at) => [
      ...['one', 'two'].flatMap((sourceId) =>
        (['nft.sent', 'nft.received', 'sync.failed', 'run.failed'] as const).map((kind) => ({
          ...{ kind, sourceId, title: `${kind} of ${sourceId}` },
        })),
      ),
      ...(at === 40 * second
        ? [{ kind: 'nft.sent', sourceId: 'three', title: 'NFT left your wallet' } as const]
        : []),
    ],
    { lengthMs: 3 * minute, busyHours: new Set([0]) },
  );
  expect(day.shown.filter(({ title }) => title === 'NFT left your wallet')).toEqual([
    { at: 40 * second, title: 'NFT left your wallet', body: 'three' },
  ]);
});
