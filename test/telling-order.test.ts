import { expect, test, vi } from 'vitest';
import { costBasisCompleted, kryptosSource } from '../bench/harness/deliveries.ts';
import { openPlainApp } from '../bench/harness/plain-app.ts';
import type { Push } from '../shared/ipc.ts';
import { tempFolder } from './history/support/temp-folder.ts';
import { virtualClock } from './support/clock.ts';
import { receive } from './support/receive.ts';

const source = kryptosSource();

const latest = 14;

/** An app in a flood, of whose latest entry the window has not been told yet. */
const inFlood = async (folder: string) => {
  const time = virtualClock();
  const told: string[] = [];
  const push = (push: Push) => {
    if (push.what === 'added' || push.what === 'changed')
      told.push(...push.entries.map(({ seq }) => `${push.what} ${seq}`));
  };
  const app = await openPlainApp({
    ...{ folder, provision: { sources: [source] }, schedule: time.schedule, push },
  });
  await receive(app, 'whd_1');
  await time.pass(0);
  await vi.waitFor(() => expect(told).toEqual(['added 1']));
  for (let seq = 2; seq < latest; seq += 1) {
    await receive(app, `whd_${seq}`);
    await time.pass(20);
  }
  await receive(app, `whd_${latest}`);
  await time.pass(0);
  expect(told).not.toContain(`added ${latest}`);
  return { app, time, told };
};

test('the window is told of an entry before it is told of a mark on it', async () => {
  using temp = tempFolder();
  const { app, time, told } = await inFlood(temp.path);
  await receive(app, `whd_${latest}`);
  await time.pass(60);
  await vi.waitFor(() => expect(told).toContain(`changed ${latest}`));
  expect(told.slice(-2)).toEqual([`added ${latest}`, `changed ${latest}`]);
  await app.close();
});

test('the window is told of an entry before an answer can show it', async () => {
  using temp = tempFolder();
  const { app, told } = await inFlood(temp.path);
  await app.ask('missing', undefined);
  expect(told.at(-1)).toBe(`added ${latest}`);
  await app.close();
});

test('a decision that comes after its entry is pushed by itself, with what became of the notification', async () => {
  using temp = tempFolder();
  const time = virtualClock();
  const pushed: Push[] = [];
  const app = await openPlainApp({
    folder: temp.path,
    provision: { sources: [source] },
    schedule: time.schedule,
    push: (push) => pushed.push(push),
  });
  await receive(app, costBasisCompleted(source, { id: 'whd_1' }));
  await time.pass(100);
  await vi.waitFor(() => expect(pushed.map(({ what }) => what)).toContain('decided'));
  expect(pushed.filter(({ what }) => what === 'added' || what === 'decided')).toEqual([
    { what: 'added', entries: [expect.objectContaining({ seq: 1, notification: null })] },
    {
      what: 'decided',
      decided: [{ seq: 1, notification: expect.objectContaining({ shown: true }) }],
    },
  ]);
  expect(pushed.map(({ what }) => what)).not.toContain('changed');
  await app.close();
});
