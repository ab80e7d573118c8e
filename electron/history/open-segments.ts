import type { Folder } from './folder.ts';
import { decodeJournal } from './lines.ts';
import type { Sequenced, UnsealedSegment } from './log.ts';
import {
  describeSegment,
  eventsIn,
  indexFile,
  journalFile,
  journalNumber,
  type SegmentInfo,
  segmentName,
  segmentNumber,
  segmentsIn,
} from './segments.ts';

type Options<R> = {
  readonly folder: Folder;
  readonly parse: (value: unknown) => R | null;
  readonly report: (damage: string) => void;
};

type Found<R> = {
  readonly sealed: SegmentInfo[];
  /** Full segments whose sealing a crash interrupted, oldest first. */
  readonly unsealed: UnsealedSegment<R>[];
  readonly open: UnsealedSegment<R>;
};

/**
 * Finds what a folder holds, reading the index, the sizes and the journals and nothing else when all is well.
 * What is damaged is set aside under another name and reported; nothing is deleted but files of killed writes.
 */
export async function openSegments<R extends Sequenced>(options: Options<R>): Promise<Found<R>> {
  const { folder } = options;
  const files = await folder.list();
  await Promise.all(files.filter((file) => file.includes('.tmp-')).map(folder.remove));

  const journals = files.flatMap((file) => journalNumber(file) ?? []).sort((a, b) => a - b);
  const sealed = await checkedSegments(options, files, journals);
  const unsealed: UnsealedSegment<R>[] = [];
  for (const number of journals) unsealed.push(await readJournal(options, number));
  const open = unsealed.pop() ?? (await startJournal(folder, 1 + (sealed.at(-1)?.number ?? 0)));
  return { sealed, unsealed, open };
}

/** While a journal exists it is the truth for its segment, whatever a file of the same number or the index says. */
async function checkedSegments<R extends Sequenced>(
  options: Options<R>,
  files: readonly string[],
  journals: readonly number[],
): Promise<SegmentInfo[]> {
  const { folder } = options;
  const onDisk = files
    .flatMap((file) => segmentNumber(file) ?? [])
    .filter((number) => !journals.includes(number));
  const indexed = (await readIndex(options, files)).filter(
    ({ number }) => !journals.includes(number),
  );
  const known = new Map(indexed.map((info) => [info.number, info]));
  let changed = false;

  const checked = await Promise.all(
    onDisk.map(async (number) => {
      const info = known.get(number);
      if (info && info.bytes === (await folder.size(`${segmentName(number)}.json`))) return info;
      changed = true;
      return examine(options, number, info);
    }),
  );
  const gone = indexed.filter(({ number }) => !onDisk.includes(number));
  const segments = [...checked, ...gone.map((info) => ({ ...info, damaged: true }))].sort(
    (a, b) => a.number - b.number,
  );
  if (changed || gone.some(({ damaged }) => !damaged))
    folder.store('index').write(indexFile(segments));
  return segments;
}

async function readIndex<R>(
  { folder, report }: Options<R>,
  files: readonly string[],
): Promise<SegmentInfo[]> {
  try {
    const value = folder.store('index').read();
    return value === undefined ? [] : segmentsIn(value);
  } catch {
    report('The index was damaged and has been rebuilt');
    if (files.includes('index.json')) await setAside(folder, 'index.json');
    return [];
  }
}

async function examine<R extends Sequenced>(
  { folder, parse, report }: Options<R>,
  number: number,
  known: SegmentInfo | undefined,
): Promise<SegmentInfo> {
  const file = `${segmentName(number)}.json`;
  const bytes = await folder.read(file);
  try {
    const records = eventsIn(bytes ?? new Uint8Array()).flatMap((event) => parse(event) ?? []);
    return describeSegment(number, records, bytes?.byteLength ?? 0);
  } catch {
    report(`${file} is damaged and was set aside`);
    await setAside(folder, file);
    const unknown = { number, count: 0, firstSeq: 0, lastSeq: 0, firstAt: 0, lastAt: 0, bytes: 0 };
    return { ...(known ?? unknown), damaged: true };
  }
}

async function readJournal<R extends Sequenced>(
  { folder, parse, report }: Options<R>,
  number: number,
): Promise<UnsealedSegment<R>> {
  const file = journalFile(number);
  const bytes = (await folder.read(file)) ?? new Uint8Array();
  const { values, damagedLines, goodBytes } = decodeJournal(bytes);
  const records = values.flatMap((value) => parse(value) ?? []);
  const unreadable = damagedLines + values.length - records.length;
  if (unreadable > 0)
    report(`${unreadable} of ${unreadable + records.length} entries in ${file} cannot be read`);

  const appender = await folder.openAppender(file);
  if (goodBytes < bytes.byteLength) await appender.truncate(goodBytes);
  return { number, records, appender, bytes: goodBytes, mirrored: 0 };
}

async function startJournal<R>(folder: Folder, number: number): Promise<UnsealedSegment<R>> {
  const appender = await folder.openAppender(journalFile(number));
  await folder.sync();
  return { number, records: [], appender, bytes: 0, mirrored: 0 };
}

async function setAside(folder: Folder, file: string): Promise<void> {
  const files = await folder.list();
  const copies = files.filter((name) => name.startsWith(`${file}.corrupt-`)).length;
  await folder.rename(file, `${file}.corrupt-${copies + 1}`);
}
