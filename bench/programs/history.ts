import { statSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Folder } from '../../electron/storage/folder.ts';
import { TimelinePage } from '../../shared/timeline.ts';
import { pathOf } from '../harness/deliveries.ts';
import { openPlainApp } from '../harness/plain-app.ts';
import { deliveryOf, requestTo } from '../harness/plain-request.ts';
import { makers, type ProviderId, type Sources } from './deliveries.ts';

/** `make` spreads the deliveries evenly over 90 days, the default retention; `bursts` dates them closer and makes most of them parts of bursts. */
export type HistoryTask =
  | {
      readonly what: 'make';
      readonly folder: string;
      readonly events: number;
      readonly bursts: boolean;
      readonly sources: Sources;
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
  /** From then until everything on screen is known. */
  readonly knownMs: number;
  readonly pageMs: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
};

export type Searched = {
  /** To the first page with a match; to the end where nothing matches. */
  readonly firstMs: number;
  readonly allMs: number;
  readonly found: number;
  /** The longest stall of the event loop. */
  readonly blockedMs: number;
};

const log = (line: string) => process.stderr.write(`${line}\n`);
const daysKept = 90 * 24 * 60 * 60 * 1000;
/** Six of ten are one burst: the pause of four lasts longer than a burst goes on. */
const [burstEvery, burstSize, burstPauseMs] = [10, 6, 70_000];
const atOnce = 256;
const counted = 2560;

/** Receives `atOnce` deliveries at a time, and counts the bytes that the newest `counted` of them wrote. */
async function make(task: Extract<HistoryTask, { what: 'make' }>): Promise<Made> {
  const { folder, events, bursts, sources, provision } = task;
  const written = { bytes: 0 };
  const app = await openPlainApp({
    folder,
    provision,
    log,
    through: (plain) => counting(plain, join(folder, 'history'), written),
  });
  app.onListening({ status: 'listening', port: 80 });
  const endpointOf = (provider: ProviderId) => {
    const admission = app.admit(requestTo(pathOf(sources[provider])));
    if (admission.status !== 'admitted') throw new Error('The endpoint is not there');
    return admission.endpoint;
  };
  const endpoints = { kryptos: endpointOf('kryptos'), simplehash: endpointOf('simplehash') };

  const now = Date.now();
  const receive = async (number: number) => {
    const ago = bursts ? (events - number) * burstPauseMs : daysKept * (1 - number / events);
    const receivedAt = Math.round(now - ago);
    const provider = bursts && number % burstEvery < burstSize ? 'simplehash' : 'kryptos';
    const delivery = deliveryOf(makers[provider](sources[provider], receivedAt), receivedAt);
    const { status } = await app.receive(endpoints[provider], delivery, false);
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
    // Lets what follows an answer run, as it does between requests.
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

async function open({
  folder,
  provision,
}: Extract<HistoryTask, { what: 'open' }>): Promise<Opened> {
  const before = memory();
  const startedAt = performance.now();
  const app = await openPlainApp({ folder, provision, log });
  const openedAt = performance.now();
  await app.ready();
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

/** Asks for page after page to the oldest entry. */
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
