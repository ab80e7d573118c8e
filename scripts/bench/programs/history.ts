import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Folder } from '../../../electron/history/folder.ts';
import { TimelinePage } from '../../../shared/timeline.ts';
import { openPlainApp } from '../../../test/history/support/plain-app.ts';
import { type Endpoints, makers } from './deliveries.ts';

/** Makes a history of so many deliveries, evenly over the 90 days that are kept by default; opens one; searches one. */
export type HistoryTask =
  | {
      readonly what: 'make';
      readonly folder: string;
      readonly events: number;
      readonly endpoints: Endpoints;
      readonly provision: object;
    }
  | { readonly what: 'open'; readonly folder: string; readonly provision: object }
  | {
      readonly what: 'search';
      readonly folder: string;
      readonly provision: object;
      readonly query: string;
    };

export type Made = { readonly bytesPerEvent: number };
export type Opened = {
  /** Until deliveries can be received. */
  readonly openMs: number;
  /** From there until everything is known that a person is shown. */
  readonly knownMs: number;
  readonly pageMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
};

export type Searched = {
  /** To the first page with something in it; to the end when nothing is found. */
  readonly firstMs: number;
  readonly allMs: number;
  readonly found: number;
  /** The longest that the event loop stood still meanwhile. */
  readonly blockedMs: number;
};

const log = (line: string) => process.stderr.write(`${line}\n`);
const daysKept = 90 * 24 * 60 * 60 * 1000;
const atOnce = 256;
const counted = 2560;

/** Takes deliveries as the receiver does, `atOnce` at a time, and counts what the newest of them wrote. */
async function make(task: Extract<HistoryTask, { what: 'make' }>): Promise<Made> {
  const { folder, events, endpoints, provision } = task;
  const { path, secret } = endpoints.kryptos;
  const written = { bytes: 0 };
  const app = await openPlainApp({
    folder,
    provision,
    log,
    through: (plain) => counting(plain, join(folder, 'history'), written),
  });
  app.receiverIs({ status: 'listening', port: 80 });
  const admission = app.admit({
    ...{ method: 'POST', path, authority: null, peer: '127.0.0.1', simulated: false },
    headers: [['Host', '127.0.0.1:80']],
  });
  if (admission.status !== 'admitted') throw new Error('The endpoint is not there');

  const from = Date.now() - daysKept;
  const receive = async (number: number) => {
    const { headers, body } = makers.kryptos(secret);
    const delivery = {
      id: randomUUID(),
      receivedAt: Math.round(from + (daysKept * number) / events),
      headers: Object.entries(headers),
      body: Buffer.from(body),
      senderAddress: null,
      peerAddress: '127.0.0.1',
      simulated: false,
    };
    const { status } = await app.receive(admission.endpoint, delivery, false);
    if (status !== 200) throw new Error(`A delivery was answered ${status}`);
  };
  const countFrom = Math.max(0, events - counted);
  let bytesBefore = 0;
  for (let number = 0; number < events; number += atOnce) {
    if (number <= countFrom) bytesBefore = written.bytes;
    const numbers = Array.from(
      { length: Math.min(atOnce, events - number) },
      (_, at) => number + at,
    );
    await Promise.all(numbers.map(receive));
    // What follows an answer has its turn, as it does between requests.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await app.close();
  return { bytesPerEvent: (written.bytes - bytesBefore) / Math.min(events, counted) };
}

const counting = (folder: Folder, path: string, written: { bytes: number }): Folder => ({
  ...folder,
  openAppender: async (name) => {
    const appender = await folder.openAppender(name);
    return {
      ...appender,
      append: (bytes) => {
        written.bytes += bytes.byteLength;
        return appender.append(bytes);
      },
    };
  },
  store: (name) => {
    const store = folder.store(name);
    return {
      ...store,
      write: (value) => {
        store.write(value);
        written.bytes += statSync(join(path, `${name}.json`)).size;
      },
    };
  },
});

/** The whole app, as it starts on what is there. */
async function open({
  folder,
  provision,
}: Extract<HistoryTask, { what: 'open' }>): Promise<Opened> {
  const before = memory();
  const startedAt = performance.now();
  const app = await openPlainApp({ folder, provision, log });
  const openedAt = performance.now();
  await app.restored();
  const knownAt = performance.now();
  await app.ask('timeline', { before: null });
  const pageMs = performance.now() - knownAt;
  const after = memory();
  return {
    openMs: openedAt - startedAt,
    knownMs: knownAt - openedAt,
    pageMs,
    rssBytes: after.rss - before.rss,
    heapBytes: after.heapUsed - before.heapUsed,
  };
}

/** Page after page to the oldest entry, as a window would that shows everything. */
async function search(task: Extract<HistoryTask, { what: 'search' }>): Promise<Searched> {
  const { folder, provision, query } = task;
  const app = await openPlainApp({ folder, provision, log });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startedAt = performance.now();
  let firstMs: number | null = null;
  let found = 0;
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = TimelinePage.parse(await app.ask('timeline', { before, query }));
    found += page.entries.length;
    before = page.before;
    if (found > 0) firstMs ??= performance.now() - startedAt;
  } while (before !== null);
  const allMs = performance.now() - startedAt;
  return { firstMs: firstMs ?? allMs, allMs, found, blockedMs: delay.max / 1e6 };
}

const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage();
};

const task: HistoryTask = JSON.parse(process.argv[2] ?? '');
const results = { make, open, search };
process.send?.(await Reflect.apply(results[task.what], undefined, [task]));
process.disconnect();
process.exit();
