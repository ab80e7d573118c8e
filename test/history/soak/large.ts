import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { folderAt, openSmallLog, wholeSegments } from '../support/small-log.ts';

const many = 100_000;
const text = 'x'.repeat(1200);
const Opened = z.object({ openMs: z.number(), pageMs: z.number(), rssMiB: z.number() });

/** The figures of Q6 with their limits. Opening is measured in a process of its own. */
export async function measureLarge(program: string) {
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
      wholeSegments,
    );
    for (let at = 0; at < many; at += 500)
      await Promise.all(
        Array.from({ length: 500 }, () => log.append((seq) => ({ seq, receivedAt: seq, text }))),
      );
    await log.close();

    const output = execFileSync(process.execPath, [program, path], { encoding: 'utf8' });
    const { openMs, pageMs, rssMiB } = Opened.parse(JSON.parse(output));
    sealMs.sort((a, b) => a - b);
    const median = sealMs[Math.floor(sealMs.length / 2)] ?? 0;
    return [
      { what: 'open 100,000', value: openMs, limit: 300, unit: 'ms' },
      { what: 'first page', value: pageMs, limit: 50, unit: 'ms' },
      { what: 'memory in all', value: rssMiB, limit: 150, unit: 'MiB' },
      { what: 'seal, median', value: median, limit: 60, unit: 'ms' },
      { what: 'seal, longest', value: sealMs.at(-1) ?? 0, limit: null, unit: 'ms' },
    ];
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
