import {
  closeSync,
  existsSync,
  fdatasyncSync,
  openSync,
  readFileSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../scripts/tools.mjs';
import { median, shown } from './numbers.mjs';

const TMPFS = 0x01021994;
const SYNCS = 50;

/**
 * Prints what the figures depend on. On a disk that is memory they mean nothing.
 *
 * @param {string} work
 * @param {string | null} electron
 */
export function printMachine(work, electron) {
  const cpus = os.cpus();
  const isMemory = statfsSync(work).type === TMPFS;
  const versions = ['express', 'conf', 'electron-store'].map(
    (name) => `${name} ${versionOf(name)}`,
  );
  const lines = {
    machine: `${cpus.length} × ${cpus[0]?.model.trim()}, ${shown(os.totalmem() / 2 ** 30)} GiB, load ${shown(os.loadavg()[0] ?? 0)}`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    versions: [`Node ${process.versions.node}`, electronVersion(electron), ...versions].join(', '),
    disk: `${work}: fdatasync of 1.5 KB ${shown(syncMs(work))} ms${isMemory ? '; THIS IS MEMORY, set TMPDIR to a folder on a disk' : ''}`,
  };
  for (const [name, line] of Object.entries(lines))
    process.stdout.write(`${name.padEnd(9)} ${line}\n`);
}

/** @param {string} name */
const versionOf = (name) =>
  JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;

/**
 * Read from the file beside every Electron: `--version` may open a window in one without an app.
 *
 * @param {string | null} electron
 */
function electronVersion(electron) {
  if (!electron) return 'no Electron';
  const file = path.join(path.dirname(electron), 'version');
  return `Electron ${existsSync(file) ? readFileSync(file, 'utf8').trim() : '(version unknown)'}`;
}

/** @param {string} work */
function syncMs(work) {
  const file = openSync(path.join(work, 'sync'), 'a');
  const took = Array.from({ length: SYNCS }, () => {
    const startedAt = performance.now();
    writeSync(file, Buffer.alloc(1500));
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return median(took);
}

/** Measures from now on which part of all processors others have used, from 0 to 1. */
export function watchMachine() {
  const before = processorTimes();
  return {
    /** @param {number} ownMicros */
    usedBesides(ownMicros) {
      const now = processorTimes();
      return (now.busy - before.busy - ownMicros / 1000) / (now.all - before.all);
    },
  };
}

/** In ms, summed over all processors. */
const processorTimes = () =>
  os.cpus().reduce(
    ({ busy, all }, { times: { user, nice, sys, irq, idle } }) => {
      const used = user + nice + sys + irq;
      return { busy: busy + used, all: all + used + idle };
    },
    { busy: 0, all: 0 },
  );
