import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastLogLines, openLogFile } from '../../electron/edges/log.ts';
import { traceOf } from '../../electron/trace.ts';

const errorOf = (task: () => unknown): unknown => {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing went wrong');
};

test('a bug is logged with its place and without its message, which may quote a secret (A4)', () => {
  const trace = traceOf(errorOf(() => JSON.parse('whsec_made_up_0123456789')));
  expect(trace).toMatch(/^SyntaxError\n +at /);
  expect(trace).toContain('log.test.ts');
  expect(trace).not.toContain('whsec');
});

test('an error of the system is logged with its message', () => {
  expect(traceOf(errorOf(() => readFileSync('/no/such/file')))).toMatch(
    /^Error: ENOENT: no such file or directory, open/,
  );
  expect(traceOf('whsec_made_up_0123456789')).toBe('not an error');
});

test('the last 500 lines of the log are read across its two files, and without a log there are none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-log-'));
  try {
    expect(await lastLogLines(folder)).toEqual([]);
    const write = openLogFile(folder);
    const older = Array.from({ length: 600 }, (_, at) => `older ${at}\n`);
    writeFileSync(join(folder, 'logs', 'hookbell.log.1'), older.join(''));
    write('newest');
    const lines = await lastLogLines(folder);
    expect(lines).toHaveLength(500);
    expect(lines[0]).toBe('older 101');
    expect(lines.at(-1)).toMatch(/Z newest$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
