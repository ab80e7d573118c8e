import { type LosingDisk, losingDisk } from './losing-disk.ts';
import { seeded } from './random.ts';
import { appendAll, appendText, entriesIn, openSmallLog, type SmallLog } from './small-log.ts';

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

const forgottenSegments = 2;
const recordsInSegment = 4;

/**
 * Keeps, seals, mirrors and forgets until the power is cut at a call of the disk, and once more during the start after it; then
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
    await log.mirror();
    await Promise.all([...'klmnopqrstuvwxyz'].map(keep));
    mayBeGone = forgottenSegments * recordsInSegment;
    await log.dropOldest(({ number }) => number <= forgottenSegments);
    for (const text of 'ABCDEF') await keep(text);
    await log.close();
  });

  const start = losingDisk(random, { ...options, found: life.left() });
  await start.until(random.whole(1, 40), async () => {
    const log = await openSmallLog(start.folder);
    await log.close();
  });

  const found = await lookAt(losingDisk(random, { found: start.left() }));
  const texts = found.entries.map(({ text }) => text);
  return {
    ...{ seed, cutAt, calls: life.calls(), acknowledged: acknowledged.length },
    lost: acknowledged.slice(mayBeGone).filter((text) => !texts.includes(text)),
    doubled: texts.filter((text, at) => texts.indexOf(text) !== at),
    misplaced: found.entries.filter(({ seq }, at) => seq <= (found.entries[at - 1]?.seq ?? 0))
      .length,
    told: found.told,
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
