import { writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { appendText, entriesIn, openSmallLog, reopened, textsIn } from './support/small-log.ts';
import { tempFolder } from './support/temp-folder.ts';

const checksum = (text: string) => crc32(text).toString(16).padStart(8, '0');
const event = (seq: number, text: string) =>
  `{"seq":${seq},"receivedAt":${1000 + seq},"text":"${text}"}`;
const journal = (events: readonly string[]) =>
  events.map((one) => `${checksum(one)} ${one}\n`).join('');
const checked = (rest: string) => `{"crc":"${checksum(rest)}",${rest}`;
const segment = (number: number, events: readonly string[]) =>
  checked(`"v":1,"segment":${number},"count":${events.length},"events":[${events.join(',')}]}`);

/** A profile of a version that copied the open segment's journal into the segment's file. */
const oldProfile = (
  copied: readonly string[],
  open: readonly string[] = [event(5, 'e'), event(6, 'f')],
) => {
  const temp = tempFolder();
  const sealed = segment(1, [event(1, 'a'), event(2, 'b'), event(3, 'c'), event(4, 'd')]);
  const { length: bytes } = sealed;
  const info = `{"number":1,"count":4,"firstSeq":1,"lastSeq":4,"firstAt":1001,"lastAt":1004,"bytes":${bytes},"damaged":false}`;
  writeFileSync(temp.file('seg-000001.json'), sealed);
  writeFileSync(temp.file('index.json'), checked(`"v":1,"segments":[${info}]}`));
  writeFileSync(temp.file('seg-000002.journal'), journal(open));
  writeFileSync(temp.file('seg-000002.json'), segment(2, copied));
  return temp;
};

test.each([
  ['that is as long as its journal', [event(5, 'e'), event(6, 'f')]],
  ['that is behind its journal', [event(5, 'e')]],
])(
  'a profile with a copy of the open segment %s opens, and its segment is sealed from the journal (H5)',
  async (_how, copied) => {
    using temp = oldProfile(copied);
    const reports: string[] = [];
    const log = await openSmallLog(temp.folder, { report: (damage) => reports.push(damage) });
    expect(await textsIn(log)).toEqual([...'abcdef']);
    expect((await appendText(log, 'g')).seq).toBe(7);
    await log.close();
    expect(reports).toEqual([]);
    expect(temp.names().filter((name) => name.includes('corrupt'))).toEqual([]);
    expect((await reopened(temp.folder)).map(({ seq, text }) => `${seq}${text}`)).toEqual([
      ...['1a', '2b', '3c', '4d', '5e', '6f', '7g'],
    ]);
  },
);

test('a copy that holds what its journal lost is set aside before the segment is sealed, and nothing of it is deleted (H14, H18)', async () => {
  using temp = oldProfile([event(5, 'e'), event(6, 'f')], [event(5, 'e')]);
  const reports: string[] = [];
  const log = await openSmallLog(temp.folder, { report: (damage) => reports.push(damage) });
  expect((await entriesIn(log)).map(({ text }) => text)).toEqual([...'abcde']);
  await log.close();
  expect(reports).toEqual([
    'seg-000002.json held entries that its journal does not, and was set aside',
  ]);
  expect(await temp.folder.read('seg-000002.json.corrupt-1')).toEqual(
    Buffer.from(segment(2, [event(5, 'e'), event(6, 'f')])),
  );
});
