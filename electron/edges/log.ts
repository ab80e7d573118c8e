import { closeSync, constants, mkdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openRegularSync } from './regular-file.ts';

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

const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

/**
 * Writes lines to `logs/hookbell.log`, two files of 2 MiB at most. Callers never give it secrets, tokens, signatures or bodies. Never
 * throws: a log that cannot be written does not take the app with it. `onRefused` is told why, once.
 */
export const openLogFile = (userData: string, onRefused: (why: string) => void = () => {}) => {
  const folder = join(userData, 'logs');
  const file = join(folder, 'hookbell.log');
  let isRefused = false;

  const isFull = () => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > mostBytes;

  const attempt = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      if (isRefused) return;
      isRefused = true;
      onRefused(error instanceof Error ? error.message : 'unknown error');
    }
  };
  attempt(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));

  return (line: string): void =>
    attempt(() => {
      if (isFull()) renameSync(file, `${file}.1`);
      const log = openRegularSync(file, appending, 0o600);
      try {
        writeSync(log, `${new Date().toISOString()} ${line}\n`);
      } finally {
        closeSync(log);
      }
    });
};
