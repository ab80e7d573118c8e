import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { kryptosSource } from '../../../bench/harness/deliveries.ts';
import { openPlainApp, type PlainApp } from '../../../bench/harness/plain-app.ts';
import { answerTo } from '../../support/answer-to.ts';
import { keptIn, receive } from '../../support/receive.ts';
import type { Random } from './random.ts';
import { withUnsealed } from './temp-folder.ts';

const source = kryptosSource();

export type Rotten = {
  readonly file: string;
  readonly byte: number;
  readonly bit: number;
  readonly lost: number;
  /** Entries that were never sent, came twice, or stand in another place than before. */
  readonly wrong: number;
  /** What people are told. */
  readonly reports: readonly string[];
  /** How the next delivery was answered, and whether it got a number of its own. */
  readonly answered: number;
  readonly numbered: boolean;
};

const events = 280;
const never = () => () => {};

/** An app's whole folder, as a crash leaves it: a sealed segment and an open one, marks, settings. */
export async function makeFolder(): Promise<{ files: Map<string, Buffer>; ids: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-rot-'));
  const app = await openPlainApp({
    folder,
    provision: { sources: [source] },
    schedule: never,
    through: (history) => withUnsealed(history, 2),
  });
  const ids = Array.from({ length: events }, (_, number) => `whd_${number}`);
  for (let at = 0; at < events; at += 50)
    await Promise.all(ids.slice(at, at + 50).map((id) => receive(app, id)));
  await Promise.all(ids.slice(100, 110).map((id) => receive(app, id)));
  await receive(app, 'whd_forged', 'wrong');
  await app.ask('markSeen', { seqs: [1, 2, 5, 270], seen: true });
  await app.close();

  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = join(entry.parentPath, entry.name);
        return [relative(folder, file), readFileSync(file)];
      }),
  );
  rmSync(folder, { recursive: true });
  return { files, ids };
}

/** Flips one bit of one file and starts. */
export async function rotOnce(
  { files, ids }: Awaited<ReturnType<typeof makeFolder>>,
  file: string,
  random: Random,
): Promise<Rotten> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-rot-'));
  const rotten = Buffer.from(files.get(file) ?? []);
  const [byte, bit] = [random.whole(0, rotten.byteLength), random.whole(0, 8)];
  rotten[byte] = (rotten[byte] ?? 0) ^ (1 << bit);
  for (const [name, content] of files) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), name === file ? rotten : content);
  }
  const reports: string[] = [];
  try {
    const app = await openPlainApp({ folder, schedule: never, log: (line) => reports.push(line) });
    const kept = await keptIn(app);
    const { status: answered } = await receive(app, 'whd_after');
    const newest = await newestSeq(app);
    await app.close();
    const keptIds = new Set(kept.map(([, id]) => id));
    return {
      file,
      byte,
      bit,
      reports,
      answered,
      lost: ids.filter((id) => !keptIds.has(id)).length,
      wrong: kept.filter(([seq, id]) => ids[seq - 1] !== id).length + kept.length - keptIds.size,
      numbered: answered !== 200 || newest > events,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const newestSeq = async (app: PlainApp): Promise<number> => {
  const { entries } = answerTo('timeline', await app.ask('timeline', { before: null }));
  return entries[0]?.seq ?? 0;
};

/** The most a rotten bit may cost, and whether it has to be told. */
const kinds: readonly { of: RegExp; most: number; told: boolean }[] = [
  { of: /^history\/seg-\d+\.journal$/, most: 1, told: false },
  { of: /^history\/seg-000001\.json$/, most: 256, told: true },
  { of: /^quarantine\/seg-/, most: 0, told: false },
  { of: /^settings\/(settings|secrets)\.bak\.json$/, most: 0, told: false },
  // It is written anew, and costs nothing.
  { of: /\/format\.json$/, most: 0, told: false },
  { of: /./, most: 0, told: true },
];

export const isHarmless = ({ file, lost, wrong, reports, answered, numbered }: Rotten): boolean => {
  const kind = kinds.find(({ of }) => of.test(file));
  return (
    kind !== undefined &&
    lost <= kind.most &&
    wrong === 0 &&
    (reports.length > 0 || (lost === 0 && !kind.told)) &&
    answered === 200 &&
    numbered
  );
};
