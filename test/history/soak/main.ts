import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failOnce, isRight } from '../support/failing-disk.ts';
import { faults } from '../support/faulty-folder.ts';
import { killLoop, type Tally } from '../support/kill-loop.ts';
import { seeded } from '../support/random.ts';
import { isHarmless, makeFolder, rotOnce } from '../support/rot.ts';
import { dieAt, inTurns, steps } from '../support/stepping.ts';
import { fillAndFree } from './full-disk.ts';
import { measureLarge } from './large.ts';
import { cutPower } from './power-cut.ts';
import { runSteadily } from './steady.ts';
import { besideStrangers, crowds } from './strangers.ts';

// Started by scripts/soak.mjs, which bundles it and the programs it kills.
const [programs = '', minutesGiven = '5', mounting = ''] = process.argv.slice(2);
const seconds = Number(minutesGiven) * 60;
const seed = Date.now() % 2 ** 31;
const random = seeded(seed);
const endsAt = performance.now() + seconds * 1000;
const receiverProgram = join(programs, 'receiver-program.mjs');
const steppingProgram = join(programs, 'stepping-program.mjs');

let failed = false;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const row = (what: string, figures: Record<string, number>, right: boolean) => {
  failed ||= !right;
  const cells = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value)}`);
  say(`${right ? 'ok   ' : 'WRONG'}  ${what.padEnd(22)} ${cells.join('  ')}`);
};

say(`Soak for ${minutesGiven} minutes, seed ${seed}, Node ${process.versions.node}`);
await killing();
await control();
await dying();
await rotting();
await failing();
await mounted();
await large();
await crowded();
await steady();
say(failed ? 'Something is WRONG, see above.' : 'All is well.');
process.exitCode = failed ? 1 : 0;

/** Uses a new folder every 25 rounds, so that each check of the whole history stays quick. */
async function killing(): Promise<void> {
  const until = performance.now() + seconds * 1000 * 0.4;
  const total: Tally = {
    rounds: 0,
    acknowledged: 0,
    lost: 0,
    doubled: 0,
    misplaced: 0,
    missing: 0,
    startMs: 0,
  };
  while (performance.now() < until && total.rounds < 500) {
    const tally = await inFolder((folder) =>
      killLoop({
        program: receiverProgram,
        folder,
        random,
        rounds: 25,
        isEnough: ({ lost, doubled }) => lost + doubled > 0 || performance.now() > until,
      }),
    );
    for (const name of [
      'rounds',
      'acknowledged',
      'lost',
      'doubled',
      'misplaced',
      'missing',
    ] as const)
      total[name] += tally[name];
    total.startMs = Math.max(total.startMs, tally.startMs);
  }
  const { rounds, acknowledged, lost, doubled, misplaced, missing, startMs } = total;
  const isRight = lost + doubled + misplaced + missing === 0 && startMs < 1000;
  row(
    'killed at random (Q1)',
    {
      rounds,
      acknowledged,
      lost,
      doubled,
      torn: misplaced + missing,
      'start ms': startMs,
    },
    isRight && rounds > 0,
  );
}

async function control(): Promise<void> {
  const { rounds, acknowledged, lost } = await inFolder((folder) =>
    killLoop({
      program: receiverProgram,
      folder,
      random,
      rounds: 12,
      fault: 'answers-first',
    }),
  );
  row('control, answers first', { rounds, acknowledged, lost }, lost > 0);
}

async function dying(): Promise<void> {
  const deaths = steps.flatMap((step) => [1, 2, 3, 4].map((time) => ({ step, time })));
  const outcomes = await inTurns(deaths, 2, ({ step, time }) => dieAt(steppingProgram, step, time));
  const sum = (of: (outcome: (typeof outcomes)[number]) => number) =>
    outcomes.reduce((all, outcome) => all + of(outcome), 0);
  const figures = {
    rounds: outcomes.filter(({ killed }) => killed).length,
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: sum(({ lost }) => lost.length),
    doubled: sum(({ doubled }) => doubled.length),
    torn: sum(({ misplaced, goesOn }) => misplaced + (goesOn ? 0 : 1)),
  };
  const { rounds, lost, doubled, torn } = figures;
  row('killed at steps (Q2)', figures, rounds === deaths.length && lost + doubled + torn === 0);
}

async function rotting(): Promise<void> {
  const folder = await makeFolder();
  const names = [...folder.files.keys()].sort();
  const until = performance.now() + seconds * 1000 * 0.2;
  let rounds = 0;
  let harmful = 0;
  for (; rounds < 1000 && performance.now() < until; rounds += 1) {
    const outcome = await rotOnce(folder, names[rounds % names.length] ?? '', random);
    if (isHarmless(outcome)) continue;
    harmful += 1;
    say(JSON.stringify(outcome));
  }
  row('rotten bits (Q4)', { rounds, harmful }, harmful === 0 && rounds > 0);
}

async function failing(): Promise<void> {
  const figures = { rounds: 0, acknowledged: 0, refused: 0, wrong: 0 };
  for (const fault of faults) {
    const { calls } = await failOnce(0, fault, false);
    for (let nth = 1; nth <= calls + 2; nth += 1) {
      for (const lasts of [false, true]) {
        const outcome = await failOnce(nth, fault, lasts);
        figures.rounds += 1;
        figures.acknowledged += outcome.acknowledged.length;
        figures.refused += outcome.refused;
        if (isRight(outcome)) continue;
        figures.wrong += 1;
        say(JSON.stringify(outcome));
      }
    }
  }
  row('failing calls (Q5)', figures, figures.wrong === 0);
}

/** The parts that mount a disk image, which needs root. */
async function mounted(): Promise<void> {
  if (mounting === 'without-mount') return say('left   full disk, power cut (Q5)  as asked');
  try {
    await filling();
    await cutting();
  } catch (error) {
    failed = true;
    say('WRONG  full disk, power cut (Q5)  NOT RUN: no image could be mounted, which takes root.');
    say(`       ${error instanceof Error ? error.message.trim() : ''}`);
    say('       Leave it out with: npm run soak -- --without-mount');
  }
}

async function filling(): Promise<void> {
  const figures = await fillAndFree();
  const { lost, doubled, sealed, refused } = figures;
  row('full disk (Q5)', figures, lost + doubled === 0 && sealed > 0 && refused > 0);
}

async function cutting(): Promise<void> {
  const until = performance.now() + seconds * 1000 * 0.1;
  const { rounds, acknowledged, lost, doubled, misplaced, missing } = await cutPower({
    program: receiverProgram,
    random,
    rounds: 30,
    isEnough: () => performance.now() > until,
  });
  const torn = misplaced + missing;
  row(
    'power cut (Q5)',
    { rounds, acknowledged, lost, doubled, torn },
    rounds > 0 && lost + doubled + torn === 0,
  );
  const control = await cutPower({
    program: receiverProgram,
    random,
    rounds: 3,
    fault: 'never-syncs',
  });
  row(
    'control, never syncs',
    { rounds: control.rounds, acknowledged: control.acknowledged, lost: control.lost },
    control.lost > 0,
  );
}

async function large(): Promise<void> {
  for (const { what, value, limit, unit } of await measureLarge(join(programs, 'open-program.mjs')))
    row(
      `${what} (Q6)`,
      { [unit]: value, ...(limit === null ? {} : { limit }) },
      limit === null || value < limit,
    );
}

/** The aim is a second for the slowest; a busy machine gets five. */
async function crowded(): Promise<void> {
  const program = {
    receiver: receiverProgram,
    strangers: join(programs, 'strangers-program.mjs'),
  };
  for (const crowd of crowds) {
    const [behaviour, count] = crowd;
    const each = Math.max(3, (seconds * 0.1) / crowds.length);
    const beside = await besideStrangers(program, crowd, each);
    row(
      `${count} × ${behaviour} (P7)`,
      {
        delivered: beside.delivered,
        refused: beside.refused,
        'p50 ms': beside.p50Ms,
        'slowest ms': beside.slowestMs,
        'MiB over idle': beside.grownMiB,
      },
      beside.refused === 0 && beside.slowestMs < 5000 && beside.grownMiB < 96,
    );
  }
}

async function steady(): Promise<void> {
  const left = Math.max(60, Math.floor((endsAt - performance.now()) / 1000));
  const { acknowledged, refused, lost, doubled, tempFiles, first, last } = await runSteadily(
    receiverProgram,
    left,
  );
  const grownMiB = last.rssMiB - first.rssMiB;
  const grownHandles = last.handles - first.handles;
  row(
    'steadily (Q10)',
    { seconds: left, acknowledged, refused, lost, doubled, 'temp files': tempFiles },
    lost + doubled + refused + tempFiles === 0,
  );
  row(
    'growth (Q10)',
    {
      'MiB first': first.rssMiB,
      last: last.rssMiB,
      'handles first': first.handles,
      'handles last': last.handles,
      'p99 ms first': first.p99Ms,
      'p99 ms last': last.p99Ms,
    },
    grownMiB < 40 && grownHandles < 8,
  );
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-soak-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
