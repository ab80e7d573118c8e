import { type LosingDisk, losingDisk } from './losing-disk.ts';
import { seeded } from './random.ts';
import {
  appendAll,
  appendText,
  type Entry,
  entriesIn,
  openSmallLog,
  type SmallLog,
} from './small-log.ts';
import { withStores } from './temp-folder.ts';

export type Survived = {
  readonly seed: number;
  readonly cutAt: number;
  /** How many calls of the disk were begun before the power was gone. */
  readonly calls: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Sequence numbers that do not rise. */
  readonly misplaced: number;
  /** Damage that was told, although there is none. */
  readonly told: readonly string[];
  /** Entries that came after it are there as well. */
  readonly goesOn: boolean;
};

const removedSegments = 2;
const recordsInSegment = 4;

/**
 * Appends, seals and removes until the power is cut at a call of the disk, and once more during the start after it; then
 * looks at what the next start finds. The same seed is the same chance.
 */
export async function cutPower(
  seed: number,
  cutAt: number,
  options: { readonly syncs?: boolean } = {},
): Promise<Survived> {
  const random = seeded(seed);
  const acknowledged: string[] = [];
  let mayBeGone = 0;

  const life = losingDisk(random, options);
  await life.until(cutAt, async () => {
    const log = await openSmallLog(life.folder);
    const keep = async (text: string) => {
      acknowledged.push((await appendText(log, text)).text);
    };
    for (const text of 'abc') await keep(text);
    await Promise.all([...'defghij'].map(keep));
    await log.sealEarly();
    await Promise.all([...'klmnopqrstuvwxyz'].map(keep));
    mayBeGone = removedSegments * recordsInSegment;
    await log.removeOldest(({ number }) => number <= removedSegments);
    for (const text of 'ABCDEF') await keep(text);
    await log.close();
  });

  const start = losingDisk(random, { ...options, found: life.left() });
  await start.until(random.whole(1, 40), async () => {
    const log = await openSmallLog(start.folder);
    await log.close();
  });

  const found = await lookAt(losingDisk(random, { found: start.left() }));
  return {
    seed,
    cutAt,
    calls: life.calls(),
    acknowledged: acknowledged.length,
    ...lossesAmong(found.entries, acknowledged.slice(mayBeGone)),
    told: found.told,
    goesOn: found.goesOn,
  };
}

const lossesAmong = (entries: readonly Entry[], acknowledged: readonly string[]) => {
  const texts = entries.map(({ text }) => text);
  return {
    lost: acknowledged.filter((text) => !texts.includes(text)),
    doubled: texts.filter((text, at) => texts.indexOf(text) !== at),
    misplaced: entries.filter(({ seq }, at) => seq <= (entries[at - 1]?.seq ?? 0)).length,
  };
};

/** A journal of which a line, or all of them, rotted: the power is cut at a call of the disk during the start that meets it. */
export async function cutBesideDamage(
  seed: number,
  cutAt: number,
  all: boolean,
): Promise<Survived> {
  const random = seeded(seed);
  const life = losingDisk(random);
  await life.until(Number.POSITIVE_INFINITY, async () => {
    let isOver = false;
    const log = await openSmallLog(withStores(life.folder, () => isOver));
    for (const text of 'abcdefg') await appendText(log, text);
    await log.sealFull();
    isOver = true;
    await log.close();
    await life.folder.sync();
  });
  const names = new Map(life.left());
  const journal = names.get('seg-000002.journal');
  if (!journal) throw new Error('There is no journal to damage');
  const text = journal.bytes.toString('latin1');
  const rotten = Buffer.from(text.replace(all ? /"text"/g : '"text"', '"tExt"'), 'latin1');
  names.set('seg-000002.journal', { bytes: rotten, certain: rotten });

  const acknowledged = [...(all ? 'abcd' : 'abcdfg')];
  const start = losingDisk(random, { found: names });
  await start.until(cutAt, async () => {
    const log = await openSmallLog(start.folder);
    for (const text of 'hi') acknowledged.push((await appendText(log, text)).text);
    await log.close();
  });
  const found = await lookAt(losingDisk(random, { found: start.left() }));
  return {
    seed,
    cutAt,
    calls: start.calls(),
    acknowledged: acknowledged.length,
    ...lossesAmong(found.entries, acknowledged),
    told: [],
    goesOn: found.goesOn,
  };
}

export const isUnharmed = ({ lost, doubled, misplaced, told, goesOn }: Survived): boolean =>
  lost.length + doubled.length + misplaced + told.length === 0 && goesOn;

async function lookAt({ folder }: LosingDisk) {
  const told: string[] = [];
  const open = (): Promise<SmallLog> =>
    openSmallLog(folder, { report: (damage) => told.push(damage) });
  const log = await open();
  const entries = await entriesIn(log);
  const added = await appendAll(log, 'later 1', 'later 2', 'later 3', 'later 4', 'later 5');
  await log.close();
  const again = await entriesIn(await open());
  return {
    told,
    entries,
    goesOn: JSON.stringify(again) === JSON.stringify([...entries, ...added]),
  };
}
