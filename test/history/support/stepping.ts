import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failpoints } from '../../../electron/history/log/log-state.ts';
import { appendAll, entriesIn, folderAt, openSmallLog, reopened } from './small-log.ts';

/** Every step at which stepping-program.ts can end itself. */
export const steps: readonly string[] = [...failpoints, 'disk:half-written', 'disk:written'];

export type Stepped = {
  readonly step: string;
  readonly time: number;
  /** False: it never came that far, so nothing was tried. */
  readonly killed: boolean;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Sequence numbers that do not rise. */
  readonly misplaced: number;
  readonly goesOn: boolean;
};

/** Lets the program die at a step, opens what it left, adds to it, and opens that again. */
export async function dieAt(program: string, step: string, time: number): Promise<Stepped> {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-step-'));
  try {
    const { output, killed } = await run(program, [path, step, String(time)]);
    const { acknowledged, mayBeGone } = told(output);
    const log = await openSmallLog(folderAt(path));
    const entries = await entriesIn(log);
    const added = await appendAll(log, 'later 1', 'later 2', 'later 3', 'later 4', 'later 5');
    await log.close();
    const texts = entries.map(({ text }) => text);
    const again = await reopened(folderAt(path));
    return {
      step,
      time,
      killed,
      acknowledged: acknowledged.size,
      lost: [...acknowledged]
        .filter(([seq, text]) => !mayBeGone(seq) && !texts.includes(text))
        .map(([, text]) => text),
      doubled: texts.filter((text, at) => texts.indexOf(text) !== at),
      misplaced: entries.filter(({ seq }, at) => seq <= (entries[at - 1]?.seq ?? 0)).length,
      goesOn: JSON.stringify(again) === JSON.stringify([...entries, ...added]),
    };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

async function run(program: string, args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const [code, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`The program ended with ${code}`);
  return { output: Buffer.concat(chunks).toString('utf8'), killed: signal === 'SIGKILL' };
}

function told(output: string) {
  const acknowledged = new Map<number, string>();
  const gone: (readonly [number, number])[] = [];
  for (const line of output.split('\n')) {
    const [what, first, second = ''] = line.split(' ');
    if (what === 'kept') acknowledged.set(Number(first), second);
    if (what === 'gone') gone.push([Number(first), Number(second)]);
  }
  const mayBeGone = (seq: number) => gone.some(([from, to]) => from <= seq && seq <= to);
  return { acknowledged, mayBeGone };
}

/** Runs tasks a few at a time. */
export async function inTurns<T, R>(
  tasks: readonly T[],
  atOnce: number,
  run: (task: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = [...tasks];
  const worker = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift())
      results.push(await run(task));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
