import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fault, faultyFolder } from './faulty-folder.ts';
import { appendAll, appendText, folderAt, openSmallLog, reopened, textsIn } from './small-log.ts';
import { withStores } from './temp-folder.ts';

export type Failed = {
  readonly nth: number;
  readonly fault: Fault;
  readonly lasts: boolean;
  readonly calls: number;
  readonly refused: number;
  /** What was acknowledged, and what is there: before the end, and after it. */
  readonly acknowledged: readonly string[];
  readonly present: readonly string[];
  readonly presentLater: readonly string[];
  /** Journals left: none, or the open one, when everything full was sealed once the disk was free. */
  readonly journals: number;
};

/** One whole seal cycle and the start before it, with a disk that fails at the nth call; then it is free again. */
export async function failOnce(nth: number, fault: Fault, lasts: boolean): Promise<Failed> {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-fault-'));
  try {
    const disk = faultyFolder(path, folderAt(path));
    disk.failAt(nth, fault, lasts);
    const opened = await openSmallLog(disk.folder).catch(() => null);
    if (!opened) disk.free();
    const log = opened ?? (await openSmallLog(disk.folder));

    const acknowledged: string[] = [];
    let refused = 0;
    const append = async (text: string) => {
      try {
        acknowledged.push((await appendText(log, text)).text);
      } catch {
        refused += 1;
      }
    };
    for (const text of 'abcdef') await append(text);
    await log.sealEarly().catch(() => {});
    await log.removeOldest(() => false).catch(() => {});
    for (const text of 'ghi') await append(text);
    const calls = disk.calls();

    disk.free();
    const refusedBefore = refused;
    for (const text of 'jklmn') await append(text);
    if (refused > refusedBefore) throw new Error('Refused although the disk was free');
    await log.sealFull();
    const present = await textsIn(log);
    await log.close();
    return {
      nth,
      fault,
      lasts,
      calls,
      refused,
      acknowledged,
      present,
      journals: readdirSync(path).filter((file) => file.endsWith('.journal')).length,
      presentLater: (await reopened(folderAt(path))).map(({ text }) => text),
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** A start that meets a damaged journal, with a disk that fails at the nth call; then one with a disk that is free. */
export async function meetDamageOnce(nth: number, fault: Fault, all: boolean) {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-fault-'));
  try {
    let isOver = false;
    const filled = await openSmallLog(withStores(folderAt(path), () => isOver));
    await appendAll(filled, ...'abcdefg');
    await filled.sealFull();
    isOver = true;
    await filled.close();
    const journal = join(path, 'seg-000002.journal');
    const text = readFileSync(journal, 'latin1');
    writeFileSync(journal, text.replace(all ? /"text"/g : '"text"', '"tExt"'), 'latin1');

    const disk = faultyFolder(path, folderAt(path));
    disk.failAt(nth, fault, false);
    const acknowledged = [...(all ? 'abcd' : 'abcdfg')];
    const log = await openSmallLog(disk.folder).catch(() => null);
    for (const text of log ? 'hi' : '')
      await log
        ?.append((seq) => ({ seq, receivedAt: seq, text }))
        .then(
          () => acknowledged.push(text),
          () => {},
        );
    await log?.close().catch(() => {});
    const calls = disk.calls();
    disk.free();
    const entries = await reopened(folderAt(path));
    return {
      nth,
      fault,
      all,
      calls,
      acknowledged: acknowledged.join(),
      present: entries.map(({ text }) => text).join(),
      misplaced: entries.filter(({ seq }, at) => seq <= (entries[at - 1]?.seq ?? 0)).length,
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

export const isRight = ({ acknowledged, present, presentLater, journals }: Failed): boolean => {
  const wanted = acknowledged.join();
  return present.join() === wanted && presentLater.join() === wanted && journals <= 1;
};
