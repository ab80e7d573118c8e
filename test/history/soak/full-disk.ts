import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { confStore } from '../../../bench/harness/conf-store.ts';
import { openFolder } from '../../../electron/edges/folder.ts';
import { appendText, entriesIn, openSmallLog, reopened } from '../support/small-log.ts';
import { onSmallDisk } from './disk-image.ts';

export type Filled = {
  readonly acknowledged: number;
  readonly refused: number;
  readonly lost: number;
  readonly doubled: number;
  /** Segments sealed once the disk was free again, and entries not sealed. */
  readonly sealed: number;
  readonly unsealed: number;
};

const leftFree = 2 * 1024 * 1024;

/** Appends to a small disk until it is full, frees it, and goes on. */
export const fillAndFree = (): Promise<Filled> =>
  onSmallDisk(16, async (path) => {
    const ballast = join(path, 'ballast');
    const { bavail, bsize } = statfsSync(path);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - leftFree, 1));
    // The disk is smaller than the reserve (S3), so stores are written up to its last page.
    const folder = openFolder(join(path, 'history'), confStore, {
      bytesFree: () => Number.POSITIVE_INFINITY,
    });
    const options = { segmentRecords: 64, segmentBytes: 256 * 1024 };
    const log = await openSmallLog(folder, options);
    const acknowledged: string[] = [];
    let refused = 0;
    const append = async (number: number) => {
      const text = `${number} `.padEnd(500 + ((number * 37) % 900), 'x');
      try {
        acknowledged.push((await appendText(log, text)).text);
      } catch {
        refused += 1;
      }
    };
    for (let number = 0; refused < 400; number += 1) await append(number);
    rmSync(ballast);
    const sealedBefore = log.segments.length;
    for (let number = 100_000; number < 100_400; number += 1) await append(number);
    await log.sealFull();
    const [sealed, unsealed] = [log.segments.length - sealedBefore, log.unsealedCount];
    const before = await entriesIn(log);
    await log.close();
    const after = await reopened(folder);
    const texts = new Set(after.map(({ text }) => text));
    return {
      acknowledged: acknowledged.length,
      refused,
      sealed,
      unsealed,
      lost: acknowledged.filter((text) => !texts.has(text)).length,
      doubled: after.length - texts.size + Math.abs(after.length - before.length),
    };
  });
