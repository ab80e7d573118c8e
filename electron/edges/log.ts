import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const mostBytes = 2 * 1024 * 1024;

/**
 * An error for the log: its name and where it comes from. Only the system's own are quoted: the words of any other may hold what it
 * failed on, a part of a body or a secret (A4).
 */
export const traceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'not an error';
  const words = 'syscall' in error ? `: ${error.message}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`${error.name}${words}`, ...frames].join('\n');
};

/** Writes lines to `logs/hookbell.log`, two files of 2 MiB at most. Callers never give it secrets, tokens, signatures or bodies. */
export const openLogFile = (userData: string) => {
  const folder = join(userData, 'logs');
  const file = join(folder, 'hookbell.log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  const isFull = () => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes;

  return (line: string): void => {
    try {
      if (isFull()) renameSync(file, `${file}.1`);
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 });
    } catch {
      // A log that cannot be written must not take the app with it.
    }
  };
};
