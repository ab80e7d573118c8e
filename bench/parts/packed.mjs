import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../scripts/tools.mjs';
import { startElectron, startProgram } from '../child.mjs';
import { median, ratio } from '../numbers.mjs';
import { EMPTY, HOOKBELL } from '../packed-apps.mjs';
import { cpuMs, processesOf, pssMiB } from '../processes.mjs';
import { interleaved } from '../rounds.mjs';
import { provision } from '../sources.mjs';
import { printJudged, printTable } from '../table.mjs';

const [NONE, PACKED, UNPACKED] = [
  'an empty packed app is ready',
  'the packed Hookbell listens',
  'Hookbell listens as npm start runs it',
];

/**
 * The packed app beside an empty one and beside `npm start`: the time until it listens, and what it uses while nothing happens, hidden in
 * the tray.
 *
 * @param {import('../types.mjs').Bench} bench
 */
export async function packed({ electron, programs, work, port, quick, rounds }) {
  const [hookbell, empty] = [HOOKBELL, EMPTY].map((file) => path.join(root, file));
  if (!electron || !hookbell || !empty || !existsSync(hookbell)) return;
  const file = path.join(work, 'packed.json');
  writeFileSync(file, JSON.stringify(provision(port)));
  const profileOf = (/** @type {string} */ name) => {
    const folder = path.join(work, name);
    mkdirSync(folder);
    return `--user-data-dir=${folder}`;
  };
  const hidden = ['--hidden', '--provision', file];
  const packedArguments = [profileOf('packed'), ...hidden];
  const unpackedArguments = [root, profileOf('unpacked'), ...hidden];
  const emptyArguments = [profileOf('packed-empty')];
  const measures = {
    [NONE]: () => msUntil(empty, emptyArguments, 'ready'),
    [PACKED]: () => msUntil(hookbell, packedArguments, 'Hookbell listens'),
    [UNPACKED]: () => msUntil(electron, unpackedArguments, 'Hookbell listens'),
  };
  for (const measure of Object.values(measures)) await measure(); // A first start makes the profile.
  const title = 'packed: from spawn, on a profile that has been used before';
  const results = await interleaved(title, Math.max(3, rounds), measures);
  const of = (/** @type {string} */ name) => results[name] ?? [];
  printTable(
    title,
    ['', 'ms', '/ empty'],
    Object.keys(results).map((name) => [name, median(of(name)), ratio(of(name), of(NONE))]),
  );

  const seconds = quick ? 30 : 120;
  const tray = startProgram(path.join(programs, 'tray-host.mjs'));
  await tray.said();
  const idleHookbell = await idle(hookbell, packedArguments, 'Hookbell listens', seconds);
  const idleEmpty = await idle(empty, emptyArguments, 'ready', seconds);
  await tray.stop();
  printTable(
    `packed: ${seconds} s of nothing, hidden, all processes`,
    ['', 'processes', 'PSS MiB', 'CPU ms a minute'],
    [
      ['Hookbell', idleHookbell.processes, idleHookbell.mib, idleHookbell.cpu],
      ['an empty app', idleEmpty.processes, idleEmpty.mib, idleEmpty.cpu],
    ],
  );
  printJudged([
    {
      what: `${PACKED} / ${NONE}`,
      value: ratio(of(PACKED), of(NONE)),
      must: 1.4,
      aim: 1.15,
      bound: 'at most',
    },
    {
      what: `${PACKED} / ${UNPACKED}`,
      value: ratio(of(PACKED), of(UNPACKED)),
      must: 1.1,
      bound: 'at most',
    },
  ]);
}

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {string} word
 */
async function msUntil(executable, args, word) {
  const { ms, stop } = await startElectron(executable, args, word);
  await stop();
  return ms;
}

/** What follows a start, such as the first look at old files, is not counted. */
const SETTLED_AFTER_MS = 10_000;

/**
 * @param {string} executable
 * @param {string[]} args
 * @param {string} word
 * @param {number} seconds
 */
async function idle(executable, args, word, seconds) {
  const { pid, stop } = await startElectron(executable, args, word);
  try {
    await pause(SETTLED_AFTER_MS);
    const before = cpuMs(processesOf(pid));
    await pause(seconds * 1000);
    const processes = processesOf(pid);
    return {
      processes: processes.length,
      mib: pssMiB(processes),
      cpu: ((cpuMs(processes) - before) * 60) / seconds,
    };
  } finally {
    await stop();
  }
}
