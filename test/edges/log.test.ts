import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { traceOf } from '../../electron/edges/log.ts';

const errorOf = (task: () => unknown): unknown => {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing went wrong');
};

test('a bug is logged with its place and without its words, which may hold what it failed on (A4)', () => {
  const trace = traceOf(errorOf(() => JSON.parse('whsec_made_up_0123456789')));
  expect(trace).toMatch(/^SyntaxError\n +at /);
  expect(trace).toContain('log.test.ts');
  expect(trace).not.toContain('whsec');
});

test('what the system says is logged in its words', () => {
  expect(traceOf(errorOf(() => readFileSync('/no/such/file')))).toMatch(
    /^Error: ENOENT: no such file or directory, open/,
  );
  expect(traceOf('whsec_made_up_0123456789')).toBe('not an error');
});
