import { expect, test } from 'vitest';
import { kryptosSource } from '../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../bench/harness/plain-app.ts';
import { createDiskWatch, type DiskProblem, diskWords } from '../../electron/storage/disk-watch.ts';
import { systemError, tempFolder, withAppender } from '../history/support/temp-folder.ts';
import { virtualClock } from '../support/clock.ts';
import { receive } from '../support/receive.ts';

const source = kryptosSource();

const minute = 60_000;
const full = 'The disk is full, or almost. Make room on it.';

const diskProblems = (app: PlainApp) =>
  app
    .state()
    .conditions.map(({ reason }) => reason)
    .filter(({ code }) => code === 'disk');

test('from the first event the disk does not take until the next it takes, one message and the state of the pipe say so (R14, P5)', async () => {
  using temp = tempFolder();
  let isFull = false;
  const lines: string[] = [];
  const app = await openPlainApp({
    ...{ folder: temp.path, provision: { sources: [source] }, log: (line) => lines.push(line) },
    through: (folder) =>
      withAppender(folder, ({ append }) => ({
        append: async (bytes) => {
          if (isFull) throw systemError('ENOSPC');
          await append(bytes);
        },
      })),
  });
  expect((await receive(app, 'whd_1')).status).toBe(200);
  expect(app.state().pipe.status).toBe('local-only');

  isFull = true;
  expect((await receive(app, 'whd_2')).status).toBe(503);
  expect((await receive(app, 'whd_3')).status).toBe(503);
  expect(app.state().refusals).toMatchObject([{ why: 'not-kept', times: 2 }]);
  expect((await receive(app, 'whd_1')).status, 'a repeat says nothing of the disk').toBe(200);
  expect(diskProblems(app)).toMatchObject([{ refused: 'events', message: full }]);
  expect(app.state().pipe).toMatchObject({ status: 'degraded', url: null, why: { remedy: full } });
  expect(lines.filter((line) => line.includes('"disk"'))).toHaveLength(1);

  isFull = false;
  expect((await receive(app, 'whd_2')).status).toBe(200);
  expect(diskProblems(app)).toEqual([]);
  expect(app.state().pipe.status).toBe('local-only');
  await app.close();
});

/** A watch, and all it tells. */
const scene = (isFull = () => true) => {
  const time = virtualClock();
  const problems: (DiskProblem | null)[] = [];
  const refusals: string[] = [];
  const gaps: number[] = [];
  let tries = 0;
  const watch = createDiskWatch({
    ...{ now: time.now, schedule: time.schedule },
    onChange: (problem) => problems.push(problem),
    onRefusing: (why) => refusals.push(why),
    onKeeping: () => gaps.push(time.now()),
    saveAll: () => {
      tries += 1;
    },
    tryWriting: async () => {
      if (isFull()) throw systemError('ENOSPC');
    },
  });
  return { ...watch, time, problems, refusals, gaps, tries: () => tries };
};

test('the time in which no event is kept is told when it begins, and ends with the next event that is', async () => {
  const { onWriteResult, refusing, time, problems, refusals, gaps } = scene();
  const since = time.now();
  onWriteResult('events', systemError('ENOSPC'));
  await time.pass(minute);
  onWriteResult('events', systemError('EIO'));
  await time.pass(minute);
  onWriteResult('events', systemError('EIO'));
  expect(refusals).toEqual([full]);
  expect(problems.map((problem) => problem?.since)).toEqual([since, since]);
  expect(refusing()?.since).toBe(since);

  onWriteResult('events', null);
  onWriteResult('events', null);
  expect(problems.at(-1)).toBeNull();
  expect(problems).toHaveLength(3);
  expect([refusing(), gaps]).toEqual([null, [time.now()]]);
});

test('the time in which no event is kept ends without one, as soon as the disk takes a few bytes again', async () => {
  let isFull = true;
  const { onWriteResult, time, problems, gaps } = scene(() => isFull);
  onWriteResult('events', systemError('ENOSPC'));
  onWriteResult('quarantine', systemError('ENOSPC'));
  await time.pass(2 * minute);
  expect(gaps).toEqual([]);
  isFull = false;
  await time.pass(minute / 2);
  expect(problems.at(-1)).toBeNull();
  expect(gaps).toEqual([time.now()]);
});

test('what is refused by us, and not by the disk, is not over because the disk is well', async () => {
  const { onWriteResult, time, problems } = scene(() => false);
  onWriteResult('events', new Error('The history was written by a newer Hookbell'));
  await time.pass(2 * minute);
  expect(problems).toMatchObject([{ refused: 'events' }]);
  expect(time.waiting()).toBe(1);
  onWriteResult('events', null);
  onWriteResult('events', systemError('EIO'));
  expect(time.waiting()).toBe(1);
});

test('what is saved beside the events is tried again by itself, and stands back behind them', async () => {
  const { onWriteResult, refusing, time, problems, gaps, tries } = scene();
  const since = time.now();
  onWriteResult('marks', systemError('ENOSPC'));
  onWriteResult('segments', systemError('ENOSPC'));
  expect([problems.at(-1)?.refused, refusing()]).toEqual(['marks', null]);
  onWriteResult('events', systemError('ENOSPC'));
  expect(problems.at(-1)?.refused).toBe('events');
  onWriteResult('events', null);
  expect(problems.at(-1)?.refused).toBe('marks');
  expect(problems).toHaveLength(3);

  await time.pass(minute);
  expect(tries()).toBe(2);
  onWriteResult('marks', null);
  onWriteResult('segments', null);
  await time.pass(10 * minute);
  expect([problems.at(-1), tries(), gaps]).toEqual([null, 2, [since]]);
});

test.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE'])(
  '%s is told with what helps, any other error in its own words',
  (code) => {
    expect(diskWords(systemError(code))).toMatch(/\. .*\.$/);
    expect(diskWords(systemError(`${code}2`))).toBe(`the system says ${code}2`);
  },
);

test('the time in which another program had the port is a gap', async () => {
  using temp = tempFolder();
  const app = await openPlainApp({ folder: temp.path });
  const since = Date.now() - 5 * minute;
  app.onListening({ status: 'failed', port: 4747, fixed: true, since });
  app.onListening({ status: 'listening', port: 4747 });
  expect(await app.ask('missing', undefined)).toMatchObject({
    gaps: [{ from: since, reason: 'port' }],
  });
  await app.close();
});
