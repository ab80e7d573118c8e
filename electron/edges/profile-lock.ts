import { randomBytes } from 'node:crypto';
import { constants, openSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir, uptime, userInfo } from 'node:os';
import { join } from 'node:path';
import {
  type LockOwner,
  type LockRecord,
  openLockRecord,
  thisHost,
  thisMachine,
} from './lock-record.ts';

export type HeldProfile = {
  readonly status: 'held';
  /** Other starts connect to it. It closes with the process. */
  readonly server: Server;
  readonly owner: LockOwner;
  /**
   * Throws `ProfileLost` where another computer has taken the profile over. To be called before each write. Reads the disk only when the
   * last check is old.
   */
  readonly demandHeld: () => void;
  /** Sends a heartbeat, and restores a record that was removed. */
  readonly heartbeat: () => void;
  /** Calls `listener` once when another computer takes the profile over; at once where that has happened. */
  readonly onLost: (listener: (owner: LockOwner) => void) => void;
  /** To be called once nothing more is written. A process that ends without it leaves only the record behind. */
  readonly release: () => void;
};

export type Claim =
  | HeldProfile
  | { readonly status: 'taken' }
  /** A process on another computer owns it. */
  | { readonly status: 'elsewhere'; readonly owner: LockOwner };

const usualHeartbeatMs = 10_000;

/**
 * Claims a profile for this process (H18). The system holds the lock as long as the process lives: a socket in Linux's abstract namespace,
 * a named pipe on Windows, an exclusively opened file on macOS. Its name is the folder's identity, which a copy does not share. The
 * record's heartbeat covers other computers on the same share. Rejects with the system's error.
 */
export const claimProfile = async (
  userData: string,
  heartbeatMs = usualHeartbeatMs,
): Promise<Claim> => {
  const server = await listenAs(userData);
  if (!server) return { status: 'taken' };
  const record = openLockRecord(userData);
  const owner: LockOwner = {
    pid: process.pid,
    host: thisHost,
    machine: thisMachine,
    since: Date.now(),
    key: randomBytes(32).toString('base64url'),
  };
  const other = ownerElsewhere(record, owner, heartbeatMs);
  if (other) {
    server.close();
    return { status: 'elsewhere', owner: other };
  }
  record.write(owner);
  return { status: 'held', server, owner, ...keepHeld(server, record, owner, heartbeatMs) };
};

/** Where the owner of a profile listens. */
export const ownerAddress = (userData: string): string => {
  const { dev, ino } = statSync(userData, { bigint: true });
  const name = `hookbell-${userInfo().uid}-${dev}-${ino}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
};

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

/** The owner on another computer, if its heartbeat is recent. An owner that stood still for longer notices before it writes again. */
const ownerElsewhere = (
  record: LockRecord,
  ours: LockOwner,
  heartbeatMs: number,
): LockOwner | null => {
  const found = record.read();
  // An owner on this computer is gone, because its lock was free.
  if (!found || found.owner.machine === thisMachine) return null;
  return record.now(ours) - found.heartbeatAt < 2.5 * heartbeatMs ? found.owner : null;
};

const keepHeld = (
  server: Server,
  record: LockRecord,
  owner: LockOwner,
  heartbeatMs: number,
): Pick<HeldProfile, 'demandHeld' | 'heartbeat' | 'onLost' | 'release'> => {
  let lost: LockOwner | null = null;
  let notifyLost = (_owner: LockOwner) => {};
  // Uptime includes the computer's sleep, in which another computer may claim the profile.
  let checkedAt = uptime();

  const heartbeat = (): void => {
    if (lost) return;
    checkedAt = uptime();
    const found = record.heartbeat(owner);
    if (found && found.key !== owner.key) {
      lost = found;
      clearInterval(heartbeats);
      notifyLost(lost);
    } else if (!found) record.restore(owner);
  };
  const heartbeats = setInterval(heartbeat, heartbeatMs).unref();
  // Of two computers that claim at the same moment, the later record wins.
  const firstCheck = setTimeout(heartbeat, heartbeatMs / 10).unref();

  return {
    heartbeat,
    demandHeld: () => {
      if (uptime() - checkedAt > (1.5 * heartbeatMs) / 1000) heartbeat();
      if (lost) throw new ProfileLost(lost);
    },
    onLost: (listener) => {
      notifyLost = listener;
      if (lost) listener(lost);
    },
    release: () => {
      clearInterval(heartbeats);
      clearTimeout(firstCheck);
      server.close();
      if (record.read()?.owner.key === owner.key) record.remove();
    },
  };
};

/** Why nothing is written any more. */
export class ProfileLost extends Error {
  constructor(owner: LockOwner) {
    super(`Another Hookbell has taken this profile over (process ${owner.pid} on ${owner.host}).`);
  }
}
