import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { openLogFile } from '../../electron/edges/log.ts';
import { readRegular } from '../../electron/edges/regular-file.ts';
import { tempFolder } from '../history/support/temp-folder.ts';
import { bundle, type Program } from '../support/bundle.ts';
import { startsOf } from './support/starts.ts';

let program: Program;
beforeAll(async () => {
  program = await bundle('test/edges/support/owner-program.ts');
});
afterAll(() => program[Symbol.dispose]());

const makeFifo = (path: string): void => {
  rmSync(path, { force: true, recursive: true });
  execFileSync('mkfifo', [path]);
};
const inTheWay = (path: string) => `there is something other than a file at '${path}'`;

test("a FIFO in the place of a profile's file delays neither the start nor a delivery (P4)", async () => {
  using temp = tempFolder();
  using starts = startsOf(program);
  const first = await starts.start(temp.path);
  expect(await first.deliver('whd_1')).toBe(200);
  await first.kill();

  const files = (folder: string) =>
    readdirSync(join(temp.path, folder))
      .filter((name) => /\.(json|journal)$/.test(name))
      .map((name) => join(temp.path, folder, name));
  const replaced = ['settings', 'history', 'quarantine'].flatMap(files);
  expect(replaced.length).toBeGreaterThan(4);
  replaced.forEach(makeFifo);
  makeFifo(join(temp.path, 'lock.json'));

  const second = await starts.start(temp.path);
  expect(second.claim).toBe('held');
  expect(await second.deliver('whd_2')).toBe(200);
}, 40_000);

test.each(['a FIFO', 'a device', 'a folder'])(
  '%s is refused at once, with its name (P4)',
  async (what) => {
    using temp = tempFolder();
    const path = temp.file('settings.json');
    if (what === 'a FIFO') makeFifo(path);
    if (what === 'a device') symlinkSync('/dev/zero', path);
    if (what === 'a folder') mkdirSync(path);

    expect(() => temp.folder.store('settings').read()).toThrow(inTheWay(path));
    expect(() => temp.folder.store('settings').write({ v: 1 })).toThrow(inTheWay(path));
    await expect(readRegular(path)).rejects.toThrow(inTheWay(path));
    await expect(temp.folder.read('settings.json')).rejects.toThrow(inTheWay(path));
    if (what !== 'a folder')
      await expect(temp.folder.openAppender('settings.json')).rejects.toThrow(inTheWay(path));
  },
);

test('a file where a folder belongs is named (P4)', () => {
  using temp = tempFolder();
  makeFifo(temp.file('quarantine'));
  expect(() => openFolder(temp.file('quarantine'), confStore)).toThrow(
    `there is something other than a folder at '${temp.file('quarantine')}'`,
  );
});

test('an unwritable log is reported once and delays nothing (P4)', () => {
  using temp = tempFolder();
  const refused: string[] = [];
  const log = openLogFile(temp.path, (why) => refused.push(why));
  makeFifo(temp.file('logs/hookbell.log'));
  log('one');
  log('two');
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(temp.file('logs/hookbell.log'));

  rmSync(temp.file('logs'), { recursive: true });
  makeFifo(temp.file('logs'));
  openLogFile(temp.path, (why) => refused.push(why))('one');
  expect(refused).toHaveLength(2);
});

test('a folder that cannot be synced is used nevertheless, and reported once (H6)', async () => {
  const told: string[] = [];
  // The kernel's own answer: folders of /proc cannot be synced (EINVAL).
  const folder = openFolder('/proc/self/task', confStore, {
    onUnsynced: ({ message }) => told.push(message),
  });
  await folder.sync();
  await folder.sync();
  expect(told).toEqual([expect.stringContaining('EINVAL')]);
});

test('a journal that another process wrote accepts nothing more, and keeps what that process wrote (H18)', async () => {
  using temp = tempFolder();
  const [ours, theirs] = [
    await temp.folder.openAppender('seg-000001.journal'),
    await temp.folder.openAppender('seg-000001.journal'),
  ];
  await theirs.append(Buffer.from('theirs'));
  await expect(ours.append(Buffer.from('ours'))).rejects.toThrow('changed by another program');
  expect(readFileSync(temp.file('seg-000001.journal'), 'utf8')).toBe('theirs');

  renameSync(temp.file('seg-000001.journal'), temp.file('elsewhere'));
  rmSync(temp.file('elsewhere'));
  await expect(theirs.append(Buffer.from('more'))).rejects.toThrow('removed by another program');
  expect(existsSync(temp.file('seg-000001.journal'))).toBe(false);
  await ours.close();
  await theirs.close();
});
