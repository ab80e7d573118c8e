import { randomBytes } from 'node:crypto';
import { constants, openSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir, uptime, userInfo } from 'node:os';
import { join } from 'node:path';
import {
  type LockHolder,
  type LockRecord,
  openLockRecord,
  thisHost,
  thisMachine,
} from './lock-record.ts';

export type HeldProfile = {
  readonly status: 'held';
  /** Other starts connect to it. It closes with the process, whatever ends that. */
  readonly server: Server;
  readonly holder: LockHolder;
  /**
   * Throws where the profile is another computer's by now: one that took it over while this process stood still. Called before each
   * write; it looks at the disk only when nobody has looked for a while.
   */
  readonly demandHeld: () => void;
  /** Looks at the record, and puts it back where somebody removed it. */
  readonly look: () => void;
  /** Calls `listener` once when another computer has taken the profile over; at once where that has happened. */
  readonly onLost: (listener: (holder: LockHolder) => void) => void;
  /** Gives the profile up, once nothing more is written. A process that ends without it gives up the same, but for the record. */
  readonly release: () => void;
};

export type Claim =
  | HeldProfile
  /** A process on this computer has it, and can be asked. */
  | { readonly status: 'taken' }
  /** A process on another computer has it. */
  | { readonly status: 'elsewhere'; readonly holder: LockHolder };

/** How often the record gets a sign of life. */
const usualBeatMs = 10_000;

/**
 * Claims a profile for this process (H18). The lock is one that the system keeps and ends with the process, and no file: a socket in
 * Linux's abstract namespace, a named pipe on Windows, an exclusively opened file on macOS. Its name is the folder itself, so a copied
 * profile is another one, and nothing that is tidied away unlocks it. What such a lock cannot see is another computer on the same share;
 * for that there is a record with a sign of life. Rejects with the system's error.
 */
export const claimProfile = async (userData: string, beatMs = usualBeatMs): Promise<Claim> => {
  const server = await listenAs(userData);
  if (!server) return { status: 'taken' };
  const record = openLockRecord(userData);
  const holder: LockHolder = {
    ...{ pid: process.pid, host: thisHost, machine: thisMachine, since: Date.now() },
    key: randomBytes(32).toString('base64url'),
  };
  const other = holderElsewhere(record, holder, beatMs);
  if (other) {
    server.close();
    return { status: 'elsewhere', holder: other };
  }
  record.write(holder);
  return { status: 'held', server, holder, ...keepHeld(server, record, holder, beatMs) };
};

/** Where the owner of a profile listens. */
export const ownerAddress = (userData: string): string => {
  const { dev, ino } = statSync(userData, { bigint: true });
  const name = `hookbell-${userInfo().uid}-${dev}-${ino}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
};

/** Null where another process of this computer has the profile. */
const listenAs = async (userData: string): Promise<Server | null> => {
  const address = ownerAddress(userData);
  if (process.platform !== 'linux' && process.platform !== 'win32') {
    if (!lockFile(join(userData, 'lock'))) return null;
    rmSync(address, { force: true });
  }
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
};

/** macOS can lock a file by opening it (`O_EXLOCK`, fcntl.h); the lock ends with the process. */
const exclusive = 0x20;

const lockFile = (path: string): boolean => {
  try {
    const { O_RDWR, O_CREAT, O_NONBLOCK } = constants;
    openSync(path, O_RDWR | O_CREAT | O_NONBLOCK | exclusive, 0o600);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false;
    throw error;
  }
};

/** Another computer that gave a sign of life lately. One that stood still for longer notices before it writes again. */
const holderElsewhere = (
  record: LockRecord,
  ours: LockHolder,
  beatMs: number,
): LockHolder | null => {
  const found = record.read();
  // Nobody of this computer is left: the lock would have been taken.
  if (!found || found.holder.machine === thisMachine) return null;
  return record.now(ours) - found.beat < 2.5 * beatMs ? found.holder : null;
};

/** Gives signs of life, and notices when the profile has become another's. */
const keepHeld = (
  server: Server,
  record: LockRecord,
  holder: LockHolder,
  beatMs: number,
): Pick<HeldProfile, 'demandHeld' | 'look' | 'onLost' | 'release'> => {
  let lost: LockHolder | null = null;
  let tellLost = (_holder: LockHolder) => {};
  // Counted with the computer's sleep, in which another one may have come.
  let lookedAt = uptime();

  const look = (): void => {
    if (lost) return;
    lookedAt = uptime();
    const found = record.beat(holder);
    if (found && found.key !== holder.key) {
      lost = found;
      clearInterval(beating);
      tellLost(lost);
    } else if (!found) record.restore(holder);
  };
  const beating = setInterval(look, beatMs).unref();
  // Where two computers came at the same moment the later record stays, and the other gives way.
  const soon = setTimeout(look, beatMs / 10).unref();

  return {
    look,
    demandHeld: () => {
      if (uptime() - lookedAt > (1.5 * beatMs) / 1000) look();
      if (lost) throw new ProfileLost(lost);
    },
    onLost: (listener) => {
      tellLost = listener;
      if (lost) listener(lost);
    },
    release: () => {
      clearInterval(beating);
      clearTimeout(soon);
      server.close();
      if (record.read()?.holder.key === holder.key) record.remove();
    },
  };
};

/** Why nothing is written any more. */
export class ProfileLost extends Error {
  constructor(holder: LockHolder) {
    super(
      `Another Hookbell has taken this profile over (process ${holder.pid} on ${holder.host}).`,
    );
  }
}
