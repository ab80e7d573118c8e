import { appendFileSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../../../electron/storage/folder.ts';
import { appendText, folderAt, openSmallLog, type SmallLog } from './small-log.ts';
import { withStores } from './temp-folder.ts';

// A log that meets every step of its life again and again, and kills itself at the nth time it comes to one of them.
const [path = '', deadly = '', times = '0'] = process.argv.slice(2);
const cycles = 8;
const appendsPerCycle = 15;
let met = 0;

const at = (step: string) => {
  if (step !== deadly) return;
  met += 1;
  if (met === Number(times)) process.kill(process.pid, 'SIGKILL');
};

/** Past the process at once: what a killed one still had to say counts. */
const say = (...words: (string | number)[]) => void writeSync(1, `${words.join(' ')}\n`);

const real = folderAt(path);
let refuseNext = false;
let isKilled = false;

/** Writes in two halves, with a step between them and one before the sync; refuses after the first when told to. */
const folder: Folder = {
  ...withStores(real, () => isKilled),
  openAppender: async (name) => {
    const appender = await real.openAppender(name);
    return {
      ...appender,
      append: async (bytes) => {
        const half = Math.floor(bytes.byteLength / 2);
        await appender.append(bytes.subarray(0, half));
        at('disk:half-written');
        if (refuseNext) {
          refuseNext = false;
          throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        }
        await appender.append(bytes.subarray(half));
        at('disk:written');
      },
    };
  },
};

for (let cycle = 0; cycle < cycles; cycle += 1) {
  plantDamage(cycle);
  const log = await openSmallLog(folder, { failpoint: at });
  await fill(log, cycle);
  await log.sealFull();
  const [oldest] = log.segments;
  if (oldest && log.segments.length > 4) {
    say('gone', oldest.firstSeq, oldest.lastSeq);
    await log.removeOldest(({ number }) => number === oldest.number);
  }
  // Now and then the open segment is left in its journal, as a killed process leaves it.
  isKilled = cycle % 4 !== 3;
  await log.close();
  isKilled = false;
}

async function fill(log: SmallLog, cycle: number): Promise<void> {
  const append = async (number: number) => {
    try {
      const { seq, text } = await appendText(log, `${cycle}-${number}`);
      say('kept', seq, text);
    } catch {
      say('refused', `${cycle}-${number}`);
    }
  };
  for (let number = 0; number < appendsPerCycle; number += 3) {
    refuseNext = number === 6;
    await append(number);
    await Promise.all([append(number + 1), append(number + 2)]);
  }
}

/** Everything a start may find: a killed write, a torn line, a journal with a rotten line or nothing but rotten lines, a rotten segment. */
function plantDamage(cycle: number): void {
  const files = readdirSync(path).sort();
  const journal = files.findLast((file) => file.endsWith('.journal'));
  writeFileSync(join(path, `seg-00000${cycle}.json.tmp-123`), 'half');
  if (journal && [1, 2].includes(cycle % 4)) rot(join(path, journal), cycle % 4 === 1);
  if (journal) appendFileSync(join(path, journal), '0badc0de {"seq":9');
  const sealed = files.find(
    (file) => file.endsWith('.json') && file.startsWith('seg-') && !files.includes(journalOf(file)),
  );
  if (!sealed) return;
  const text = readFileSync(join(path, sealed), 'utf8');
  const seqs = seqsIn(text);
  say('gone', Math.min(...seqs), Math.max(...seqs));
  writeFileSync(join(path, sealed), text.slice(0, -5));
}

/** Its first line, or all of them. */
function rot(file: string, throughout: boolean): void {
  const text = readFileSync(file, 'latin1');
  const seqs = seqsIn(text);
  for (const seq of throughout ? seqs : seqs.slice(0, 1)) say('gone', seq, seq);
  writeFileSync(file, text.replace(throughout ? /"text"/g : '"text"', '"tExt"'), 'latin1');
}

function seqsIn(text: string): number[] {
  return [...text.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
}

function journalOf(segment: string): string {
  return segment.replace('.json', '.journal');
}
