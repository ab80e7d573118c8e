import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { openRegularSync, readRegularSync } from './regular-file.ts';

/** The process that owns a profile. */
export const LockOwner = z.object({
  pid: z.int(),
  host: z.string(),
  /** A hash that tells computers of the same name apart. */
  machine: z.string(),
  /** When the process claimed the profile, epoch ms. */
  since: z.int(),
  /** Another start proves with it that it can read the profile. */
  key: z.string(),
});
export type LockOwner = z.infer<typeof LockOwner>;

/** For a person: the process, its computer unless it is this one, and since when. */
export const ownerWords = ({ pid, host, machine, since }: LockOwner): string => {
  const at = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  const where = machine === thisMachine ? '' : ` on the computer ${host}`;
  return `process ${pid}${where}, since ${at} UTC`;
};

/** systemd's id of the installation, where there is one. It must not be published unhashed (machine-id(5)). */
const machineId = (): string => {
  try {
    return readRegularSync('/etc/machine-id').toString('utf8');
  } catch {
    return '';
  }
};

export const thisHost = hostname();
export const thisMachine = createHash('sha256')
  .update(`hookbell ${machineId()} ${thisHost}`)
  .digest('hex')
  .slice(0, 16);

export type SeenRecord = {
  readonly owner: LockOwner;
  /** The last heartbeat by the file system's clock, epoch ms. */
  readonly heartbeatAt: number;
};

/** The file that names a profile's owner, for people and other computers, with the key for other starts. It is no lock. */
export type LockRecord = {
  /** Null where there is no valid record. */
  readonly read: () => SeenRecord | null;
  /** Replaces any record. Throws the system's error. */
  readonly write: (owner: LockOwner) => void;
  /** Writes the record where there is none. Never throws, because the next heartbeat tries again. */
  readonly restore: (owner: LockOwner) => void;
  /** Touches the record if it names this owner. Returns the owner it names. All computers of a share use the file system's clock. */
  readonly heartbeat: (owner: LockOwner) => LockOwner | null;
  /** Throws the system's error. */
  readonly remove: () => void;
  /** The file system's time, epoch ms. Throws the system's error. */
  readonly now: (owner: LockOwner) => number;
};

export const openLockRecord = (userData: string): LockRecord => {
  const path = join(userData, 'lock.json');

  return {
    read: () => {
      try {
        return withFile(path, constants.O_RDONLY, (file) => ({
          owner: ownerIn(file),
          heartbeatAt: fstatSync(file).mtimeMs,
        }));
      } catch {
        return null;
      }
    },
    write: (owner) => renameSync(temporaryFile(path, owner), path),
    restore: (owner) => {
      try {
        // A link never replaces the record of another computer.
        withTemporaryFile(path, owner, (file) => linkSync(file, path));
      } catch {
        // Another computer has written its own record, or the disk refuses.
      }
    },
    heartbeat: (owner) => {
      try {
        // The file stays open from reading to writing, so that a record that replaces it is not overwritten.
        return withFile(path, constants.O_RDWR, (file) => {
          const found = ownerIn(file);
          if (found.key === owner.key) writeSync(file, JSON.stringify(owner), 0);
          return found;
        });
      } catch {
        return null;
      }
    },
    remove: () => rmSync(path, { force: true }),
    now: (owner) => withTemporaryFile(path, owner, (file) => statSync(file).mtimeMs),
  };
};

const ownerIn = (file: number): LockOwner =>
  LockOwner.parse(JSON.parse(readFileSync(file, 'utf8')));

const withFile = <T>(path: string, flags: number, use: (file: number) => T): T => {
  const file = openRegularSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
};

/** Writes a record beside the real one. */
const temporaryFile = (path: string, owner: LockOwner): string => {
  const file = `${path}.${owner.pid}`;
  writeFileSync(file, JSON.stringify(owner), { mode: 0o600 });
  return file;
};

const withTemporaryFile = <T>(path: string, owner: LockOwner, use: (file: string) => T): T => {
  const file = temporaryFile(path, owner);
  try {
    return use(file);
  } finally {
    rmSync(file, { force: true });
  }
};
