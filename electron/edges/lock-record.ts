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

/** The process that holds a profile. */
export const LockHolder = z.object({
  pid: z.int(),
  host: z.string(),
  /** A hash that tells computers of the same name apart. */
  machine: z.string(),
  /** When its process took the profile, epoch ms. */
  since: z.int(),
  /** Proves to the holder that another start can read the profile. */
  key: z.string(),
});
export type LockHolder = z.infer<typeof LockHolder>;

/** For a person: the process, its computer where that is another one, and since when. */
export const holderWords = ({ pid, host, machine, since }: LockHolder): string => {
  const at = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  const where = machine === thisMachine ? '' : ` on the computer ${host}`;
  return `process ${pid}${where}, since ${at} UTC`;
};

/** systemd's id of the installation, where there is one. It is not to be given away as it is (machine-id(5)). */
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
  readonly holder: LockHolder;
  /** The last sign of life by the file system's clock, epoch ms. */
  readonly beat: number;
};

/**
 * The file that says who has a profile: for people, for other computers, and for the key by which another start of the same user
 * is known. It is no lock of its own on one computer.
 */
export const openLockRecord = (userData: string) => {
  const path = join(userData, 'lock.json');

  const withFile = <T>(flags: number, use: (file: number) => T): T => {
    const file = openRegularSync(path, flags);
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  };

  const temporary = (holder: LockHolder): string => {
    const file = `${path}.${holder.pid}`;
    writeFileSync(file, JSON.stringify(holder), { mode: 0o600 });
    return file;
  };

  return {
    /** Null where there is none, or none that makes sense. */
    read: (): SeenRecord | null => {
      try {
        return withFile(constants.O_RDONLY, (file) => ({
          holder: LockHolder.parse(JSON.parse(readFileSync(file, 'utf8'))),
          beat: fstatSync(file).mtimeMs,
        }));
      } catch {
        return null;
      }
    },
    /** Takes the place of whatever record there is. Throws the system's error. */
    write: (holder: LockHolder): void => {
      renameSync(temporary(holder), path);
    },
    /** Puts the record back where there is none, and takes no other's place. Never throws: what cannot be done now is tried again. */
    restore: (holder: LockHolder): void => {
      try {
        const file = temporary(holder);
        try {
          linkSync(file, path);
        } finally {
          rmSync(file, { force: true });
        }
      } catch {
        // Another computer has written its own, or the disk takes nothing: the next look tells.
      }
    },
    /**
     * Gives a sign of life if the record is this holder's, and says whose it is; null where there is none. The file system dates it, so
     * that all computers of a share read one clock.
     */
    beat: (holder: LockHolder): LockHolder | null => {
      try {
        // One file from reading to writing: a record that takes its place meanwhile is not written over.
        return withFile(constants.O_RDWR, (file) => {
          const found = LockHolder.parse(JSON.parse(readFileSync(file, 'utf8')));
          if (found.key === holder.key) writeSync(file, JSON.stringify(holder), 0);
          return found;
        });
      } catch {
        return null;
      }
    },
    /** Throws the system's error. */
    remove: (): void => rmSync(path, { force: true }),
    /** The time by the file system's own clock, epoch ms. Throws the system's error. */
    now: (holder: LockHolder): number => {
      const file = temporary(holder);
      try {
        return statSync(file).mtimeMs;
      } finally {
        rmSync(file, { force: true });
      }
    },
  };
};

export type LockRecord = ReturnType<typeof openLockRecord>;
