import { expect, test } from 'vitest';
import { createHolds } from '../../electron/notifications/holds.ts';
import { openZoneClock } from '../../electron/notifications/zone-clock.ts';
import { openSettings } from '../../electron/setup/settings.ts';
import type { QuietHours } from '../../shared/quiet-hours.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';

const minute = 60_000;
const hour = 60 * minute;
const zone = 'Europe/Berlin';
/** A Thursday, 21:30 in Berlin. */
const evening = Date.UTC(2026, 0, 1, 20, 30);

const nights: QuietHours = {
  on: true,
  spans: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00' }],
  admitsGrave: true,
};

/** Holds on a folder of settings; another start on the same folder is a restart. */
const start = async (
  temp: ReturnType<typeof tempFolder>,
  { startsAt = evening, quietHours }: { startsAt?: number; quietHours?: QuietHours } = {},
) => {
  const time = virtualClock({ startsAt });
  const settings = openSettings(temp.folder);
  if (quietHours) settings.change({ quietHours });
  let opened = 0;
  const holds = createHolds({
    settings,
    now: time.now,
    schedule: time.schedule,
    zone: () => zone,
    openClock: () => {
      opened += 1;
      return openZoneClock();
    },
  });
  const heard: (string | null)[] = [];
  holds.onChange(() => heard.push(holds.current()?.why ?? null));
  await holds.ready();
  heard.splice(0);
  return { time, settings, holds, heard, opened: () => opened };
};

test('nothing ticks and no Temporal is loaded while neither pause nor quiet hours are set', async () => {
  using temp = tempFolder();
  const { time, holds, heard, opened } = await start(temp);

  expect(holds.current()).toBe(null);
  expect(time.waiting()).toBe(0);
  await holds.pause('resumed');
  expect(time.waiting()).toBe(0);
  holds.resume();
  expect([time.waiting(), opened(), heard]).toEqual([0, 0, ['paused', null]]);
});

test('a pause of an hour ends after an hour, and nothing is left of it', async () => {
  using temp = tempFolder();
  const { time, settings, holds, heard } = await start(temp);

  await holds.pause('1h');
  expect(holds.current()).toEqual({ why: 'paused', until: evening + hour, admitsGrave: false });
  await time.pass(hour - 1);
  expect(holds.current()?.why).toBe('paused');
  await time.pass(1);

  expect([holds.current(), heard]).toEqual([null, ['paused', null]]);
  expect([settings.current.pause, time.waiting()]).toEqual([null, 0]);
});

test('a pause until the morning ends at 8:00 on the wall', async () => {
  using temp = tempFolder();
  const { holds } = await start(temp);

  await holds.pause('morning');
  expect(holds.current()?.until).toBe(Date.UTC(2026, 0, 2, 7));
});

test('a pause until the morning lasts no longer where the clock was a year ahead', async () => {
  using temp = tempFolder();
  const { time, holds } = await start(temp, { startsAt: evening + 365 * 24 * hour });

  await holds.pause('morning');
  time.setClock(-365 * 24 * hour);
  holds.reconsider();
  expect(holds.current()?.until).toBeLessThanOrEqual(time.now() + 24 * hour);
});

test('a pause survives a restart, and one whose time passed meanwhile is over', async () => {
  using temp = tempFolder();
  const { holds } = await start(temp);
  await holds.pause('1h');

  const soon = await start(temp, { startsAt: evening + hour / 2 });
  expect(soon.holds.current()).toMatchObject({ why: 'paused', until: evening + hour });
  const later = await start(temp, { startsAt: evening + 2 * hour });
  expect([later.holds.current(), later.settings.current.pause]).toEqual([null, null]);
});

test('quiet hours begin and end by themselves', async () => {
  using temp = tempFolder();
  const { time, holds, heard } = await start(temp, { quietHours: nights });

  await time.pass(hour / 2);
  expect(holds.current()).toEqual({
    why: 'quiet-hours',
    until: Date.UTC(2026, 0, 2, 6),
    admitsGrave: true,
  });
  await time.pass(9 * hour);
  expect(heard).toEqual(['quiet-hours', null]);
});

test('a pause goes before quiet hours, which go on after it', async () => {
  using temp = tempFolder();
  const { time, holds, heard } = await start(temp, { quietHours: nights });

  await holds.pause('1h');
  await time.pass(hour);
  expect(holds.current()?.why).toBe('quiet-hours');
  expect(heard).toEqual(['paused', 'quiet-hours']);
});

test('after a sleep the hold is right at once, and the listeners hear of it when the app wakes', async () => {
  using temp = tempFolder();
  const { time, holds, heard } = await start(temp, { quietHours: nights });

  time.skip(2 * hour);
  expect(holds.current()?.why).toBe('quiet-hours');
  expect(heard).toEqual([]);
  holds.reconsider();
  expect(heard).toEqual(['quiet-hours']);
  time.skip(9 * hour);
  holds.reconsider();
  expect(heard).toEqual(['quiet-hours', null]);
});

test('a clock that is set is noticed within half a minute', async () => {
  using temp = tempFolder();
  const { time, holds, heard } = await start(temp, { quietHours: nights });

  time.setClock(hour);
  await time.pass(30_000);
  expect(heard).toEqual(['quiet-hours']);
  time.setClock(-hour);
  await time.pass(30_000);
  expect([holds.current(), heard]).toEqual([null, ['quiet-hours', null]]);
});

test('a pause of an hour is no longer than an hour where the clock is set back', async () => {
  using temp = tempFolder();
  const { time, holds } = await start(temp);

  await holds.pause('1h');
  await time.pass(minute);
  time.setClock(-24 * hour);
  await time.pass(30_000);
  expect(holds.current()?.until).toBe(time.now() + hour);
  await time.pass(hour);
  expect(holds.current()).toBe(null);
});

test('changed quiet hours hold at once', async () => {
  using temp = tempFolder();
  const { time, settings, holds, heard } = await start(temp, { quietHours: nights });

  settings.change({
    quietHours: { ...nights, spans: [{ days: [4], from: '21:00', to: '21:45' }] },
  });
  await holds.ready();
  expect(holds.current()?.until).toBe(evening + 15 * minute);
  settings.change({ quietHours: { ...nights, on: false } });
  await holds.ready();
  expect([heard, time.waiting()]).toEqual([['quiet-hours', null], 0]);
});
