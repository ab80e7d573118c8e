import { closeSync, constants, mkdirSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openRegularSync, readRegular } from './regular-file.ts';

const mostBytes = 2 * 1024 * 1024;

const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

const fileIn = (userData: string): string => join(userData, 'logs', 'hookbell.log');

/** The last 500 lines of the log, oldest first. Never rejects: without a log there are none. */
export const lastLogLines = async (userData: string): Promise<string[]> => {
  const file = fileIn(userData);
  const texts = await Promise.all(
    [`${file}.1`, file].map((one) => readRegular(one).then(String, () => '')),
  );
  return texts
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .slice(-500);
};

/** Writes lines to `logs/hookbell.log`, two files of at most 2 MiB. Never throws; calls `onRefused` with the reason once. */
export const openLogFile = (
  userData: string,
  onRefused: (why: string) => void = () => {},
): ((line: string) => void) => {
  const file = fileIn(userData);
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
  attempt(() => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }));

  return (line) =>
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
