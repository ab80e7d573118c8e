import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createSourceHealth } from '../../electron/insight/source-health.ts';
import { openSourceHealthStore } from '../../electron/insight/source-health-store.ts';
import { openSmallStore } from '../../electron/storage/small-store.ts';
import { calendarDay } from '../../shared/time-words.ts';
import { draft, historyIn, listener } from '../history/support/history.ts';
import { tempFolder } from '../history/support/temp-folder.ts';

const at = new Date(2026, 10, 21, 12).getTime();

test('a file from before days were counted keeps its counts, and its days are read from the history', async () => {
  using temp = tempFolder();
  const history = await historyIn(temp.folder);
  for (const number of [1, 2, 3]) await history.record({ ...draft(number), receivedAt: at });
  openSmallStore({
    folder: temp.folder,
    name: 'endpoints',
    parse: (value) => z.record(z.string(), z.unknown()).parse(value),
  }).write({
    ...{ entriesUpTo: 2, rejectedUpTo: 1, provenHost: null },
    sources: [
      {
        ...{ sourceId: 's', accepted: 40, rejected: 5, tests: 0, streak: null },
        lastDelivery: { outcome: 'accepted', at },
      },
    ],
  });
  const sourceHealth = createSourceHealth();
  const { told, telling } = listener();
  const held = {
    ...{ number: 1, seq: 1, sourceId: 's', receivedAt: at, simulated: false },
    ...{ reason: 'content-type' as const, sender: null, plausible: false, bytes: 1 },
  };
  const store = openSourceHealthStore({
    ...telling,
    sourceHealth,
    folder: temp.folder,
    history,
    quarantine: {
      lastSeq: 1,
      loaded: async () => {},
      heldSince: (number) => (number < 1 ? [held] : []),
    },
    schedule: () => () => {},
  });
  await store.ready();
  expect(told).toEqual([]);
  expect(sourceHealth.of('s')).toMatchObject({
    ...{ accepted: 41, rejected: 5, lastAcceptedAt: at },
    days: [
      {
        ...{ day: calendarDay(at), accepted: 3, tests: 0 },
        rejected: [{ reason: 'content-type', times: 1 }],
      },
    ],
  });
  expect(sourceHealth.save().countsDays).toBe(true);
});
