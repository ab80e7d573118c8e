import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/tools.mjs';
import { startElectron, startProgram } from '../child.mjs';
import { furnish, keptHistory } from '../kept.mjs';
import { median, ratio } from '../numbers.mjs';
import { interleaved } from '../rounds.mjs';
import { provision, sources } from '../sources.mjs';
import { printJudged, printTable } from '../table.mjs';

const [EMPTY, NONE] = ['an empty Electron app is ready', 'Hookbell listens'];
const ANSWERED = 'Hookbell has answered its first delivery';

/**
 * The time until the built app listens, beside an empty app. The first delivery may wait for more to be read, so its answer is timed
 * too. Each keeps its profile from run to run.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function start(bench) {
  const { electron, programs, work, port, quick, rounds } = bench;
  if (!electron) return;
  const events = quick ? 10_000 : 100_000;
  const many = `Hookbell listens, ${events.toLocaleString('en')} events kept`;
  const { folder } = await keptHistory(bench, events);
  const [profile, longProfile] = [path.join(work, 'start'), path.join(work, 'start-long')];
  mkdirSync(profile);
  furnish(folder, longProfile);
  const file = path.join(work, 'start.json');
  writeFileSync(file, JSON.stringify(provision(port)));

  const argumentsOn = (/** @type {string} */ userData) => [
    root,
    `--user-data-dir=${userData}`,
    '--hidden',
    '--provision',
    file,
  ];
  const startHookbell = (/** @type {string} */ userData) =>
    msUntil(electron, argumentsOn(userData), 'Hookbell listens');
  const answered = async (/** @type {string} */ userData) => {
    const sender = startProgram(path.join(programs, 'first-answer.mjs'));
    await sender.said();
    const startedAt = performance.now();
    const answer = sender
      .ask({ port, source: sources.kryptos })
      .then(() => performance.now() - startedAt);
    const { stop } = await startElectron(electron, argumentsOn(userData), 'Hookbell listens');
    return answer.finally(() => Promise.all([stop(), sender.stop()]));
  };
  const empty = emptyApp(work);
  const measures = {
    [EMPTY]: () => msUntil(electron, [empty, `--user-data-dir=${empty}/profile`], 'ready'),
    [NONE]: () => startHookbell(profile),
    [many]: () => startHookbell(longProfile),
    [ANSWERED]: () => answered(profile),
    [`${ANSWERED}, ${events.toLocaleString('en')} events kept`]: () => answered(longProfile),
  };
  for (const measure of Object.values(measures)) await measure(); // A first start makes the profile.
  const title = 'start: from spawn, on a profile that has been used before';
  const results = await interleaved(title, rounds, measures);

  const of = (/** @type {string} */ name) => results[name] ?? [];
  printTable(
    title,
    ['', 'ms', '/ empty'],
    Object.keys(results).map((name) => [name, median(of(name)), ratio(of(name), of(EMPTY))]),
  );
  printJudged([
    {
      what: `${NONE} / ${EMPTY}`,
      value: ratio(of(NONE), of(EMPTY)),
      must: 1.4,
      aim: 1.15,
      bound: 'at most',
    },
    {
      what: `first delivery answered, ${events.toLocaleString('en')} events kept / ${EMPTY}`,
      value: ratio(of(`${ANSWERED}, ${events.toLocaleString('en')} events kept`), of(EMPTY)),
      must: 2,
      aim: 1.4,
      bound: 'at most',
    },
  ]);
}

/**
 * @param {string} electron
 * @param {string[]} args
 * @param {string} word
 */
async function msUntil(electron, args, word) {
  const { ms, stop } = await startElectron(electron, args, word);
  await stop();
  return ms;
}

/** @param {string} work */
function emptyApp(work) {
  const folder = path.join(work, 'empty-app');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, 'package.json'),
    '{ "name": "empty", "version": "1.0.0", "main": "main.js" }',
  );
  writeFileSync(
    path.join(folder, 'main.js'),
    "require('electron').app.whenReady().then(() => process.stdout.write('ready\\n'));",
  );
  return folder;
}
