import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Something else stands where a file or folder of ours belongs: to read a FIFO or a device might take for ever. */
export class InTheWay extends Error {
  constructor(wanted: 'file' | 'small file' | 'folder', path: string) {
    super(`there is something other than a ${wanted} at '${path}'`);
  }
}

/** Opening a FIFO or a device waits for its other end, unless it is told not to. Windows has neither. */
const nonBlocking = constants.O_NONBLOCK ?? 0;

/** Opens a file, and nothing else: a FIFO, device or folder rejects with `InTheWay` at once. Rejects with the system's error. */
export const openRegular = async (
  path: string,
  flags: number,
  mode?: number,
): Promise<FileHandle> => {
  const file = await open(path, flags | nonBlocking, mode);
  try {
    if (!(await file.stat()).isFile()) throw new InTheWay('file', path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
};

/** As `openRegular`, with a file descriptor that the caller closes. */
export const openRegularSync = (path: string, flags: number, mode?: number): number => {
  const descriptor = openSync(path, flags | nonBlocking, mode);
  try {
    if (!fstatSync(descriptor).isFile()) throw new InTheWay('file', path);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
};

/** The bytes of a file. Rejects as `openRegular` does, and for a file of more than `atMost` bytes. */
export const readRegular = async (
  path: string,
  atMost = Number.POSITIVE_INFINITY,
): Promise<Buffer> => {
  const file = await openRegular(path, constants.O_RDONLY);
  try {
    if ((await file.stat()).size > atMost) throw new InTheWay('small file', path);
    return await file.readFile();
  } finally {
    await file.close();
  }
};

/** As `readRegular`. */
export const readRegularSync = (path: string): Buffer => {
  const descriptor = openRegularSync(path, constants.O_RDONLY);
  try {
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Throws `InTheWay` where a library would open what is no file. Fine where there is nothing. */
export const demandRegular = (path: string): void => {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
    throw new InTheWay('file', path);
};
