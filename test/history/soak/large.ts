import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderAt, openSmallLog } from '../support/small-log.ts';

const many = 100_000;
const text = 'x'.repeat(1200);
const options = { segmentRecords: 256, segmentBytes: 1024 * 1024 };

/** Q6, in ms and MiB, with its limits. */
export async function measureLarge() {
  const path = mkdtempSync(join(tmpdir(), 'hookbell-large-'));
  try {
    const sealMs: number[] = [];
    const real = folderAt(path);
    const log = await openSmallLog(
      {
        ...real,
        store: (name) => {
          const store = real.store(name);
          return {
            ...store,
            write: (value) => {
              const startedAt = performance.now();
              store.write(value);
              if (name.startsWith('seg-')) sealMs.push(performance.now() - startedAt);
            },
          };
        },
      },
      options,
    );
    for (let at = 0; at < many; at += 500)
      await Promise.all(
        Array.from({ length: 500 }, () => log.append((seq) => ({ seq, receivedAt: seq, text }))),
      );
    await log.close();

    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const openedAt = performance.now();
    const again = await openSmallLog(real, options);
    const openMs = performance.now() - openedAt;
    let shown = 0;
    for await (const entry of again.newestFirst(null)) {
      shown += entry.seq > 0 ? 1 : 0;
      if (shown === 200) break;
    }
    const pageMs = performance.now() - openedAt - openMs;
    const grown = (process.memoryUsage().rss - before) / 2 ** 20;
    await again.close();
    sealMs.sort((a, b) => a - b);
    const median = sealMs[Math.floor(sealMs.length / 2)] ?? 0;
    return [
      { what: 'open 100,000', value: openMs, limit: 300, unit: 'ms' },
      { what: 'first page', value: pageMs, limit: 50, unit: 'ms' },
      { what: 'memory', value: grown, limit: 150, unit: 'MiB' },
      { what: 'seal, median', value: median, limit: 60, unit: 'ms' },
      { what: 'seal, longest', value: sealMs.at(-1) ?? 0, limit: null, unit: 'ms' },
    ];
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
