import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { confStore } from '../../bench/harness/conf-store.ts';
import { openFolder } from '../../electron/edges/folder.ts';
import { tempFolder } from './support/temp-folder.ts';

test('a store whose file was cut is written anew, and the cut file set aside (S2)', () => {
  using temp = tempFolder();
  const store = temp.folder.store('settings');
  store.write({ v: 1, port: 1 });
  for (const damage of ['{"crc":"0', '']) {
    writeFileSync(temp.file('settings.json'), damage);
    store.write({ v: 1, port: 2 });
    expect(store.read()).toMatchObject({ port: 2 });
  }
  expect(temp.names()).toEqual([
    'settings.json',
    'settings.json.corrupt-1',
    'settings.json.corrupt-2',
  ]);
});

test('with less than 20 MiB free no store is written, so that none is left cut (S3)', () => {
  using temp = tempFolder();
  let free = 20 * 1024 * 1024;
  const store = openFolder(temp.path, confStore, { bytesFree: () => free }).store('settings');
  store.write({ v: 1, port: 1 });
  free -= 1;
  expect(() => store.write({ v: 1, port: 2 })).toThrow('almost full');
  expect(store.read()).toMatchObject({ port: 1 });
});

test('a journal goes on at its end when it is opened again, and where it was cut (H3)', async () => {
  using temp = tempFolder();
  const first = await temp.folder.openAppender('seg-000001.journal');
  await first.append(Buffer.from('one two '));
  await first.close();
  const second = await temp.folder.openAppender('seg-000001.journal');
  await second.append(Buffer.from('three '));
  await second.truncate(4);
  await second.append(Buffer.from('four'));
  await second.close();

  expect(readFileSync(temp.file('seg-000001.journal'), 'utf8')).toBe('one four');
  expect(statSync(temp.file('seg-000001.journal')).mode & 0o777).toBe(0o600);
});
