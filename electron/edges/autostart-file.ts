import { access, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { LoginStart } from '../../shared/login-start.ts';
import { appId } from '../app-id.ts';
import { type AutostartEntry, autostartEntry, readAutostartEntry } from './autostart-entry.ts';
import { readRegular } from './regular-file.ts';
import { replaceFile } from './replace-file.ts';

export type AutostartOptions = {
  /** What the entry starts: an absolute path. */
  readonly program: string;
  /** The profile's folder, where it is not the usual one. */
  readonly dataFolder: string | null;
  /** See `autostartFolder`. */
  readonly folder: string;
};

/** The person's own autostart entry on Linux (T8). */
export type AutostartFile = {
  readonly read: () => Promise<LoginStart>;
  /** Writes or removes the entry. Rejects with the system's error. */
  readonly set: (on: boolean) => Promise<void>;
  /** Corrects an entry that names a program which is not there any more. True where it did. Rejects with the system's error. */
  readonly followMove: () => Promise<boolean>;
};

/** A relative XDG_CONFIG_HOME is invalid and ignored: https://specifications.freedesktop.org/basedir-spec/latest/ */
export const autostartFolder = (configHome: string | undefined, home: string): string =>
  join(configHome && isAbsolute(configHome) ? configHome : join(home, '.config'), 'autostart');

export const openAutostartFile = (options: AutostartOptions): AutostartFile => {
  const { program, dataFolder, folder } = options;
  const file = join(folder, `${appId}.desktop`);
  const profile = dataFolder === null ? [] : [`${profileSwitch}${dataFolder}`];

  /** The entry that is on for this profile; null where there is none. */
  const enabled = async (): Promise<AutostartEntry | null> => {
    // A desktop cannot start what this user cannot read.
    const bytes = await readRegular(file, mostBytes).catch(() => null);
    const entry = bytes && readAutostartEntry(bytes.toString('utf8'));
    if (!entry) return null;
    const named = entry.arguments.filter((word) => word.startsWith(profileSwitch));
    return named.join('\n') === profile.join('\n') ? entry : null;
  };

  const write = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const text = autostartEntry({ program, arguments: ['--hidden', ...profile] });
    // A desktop reads only names that end in `.desktop`.
    await replaceFile(file, (unfinished) =>
      writeFile(unfinished, text, { mode: 0o600, flag: 'wx', flush: true }),
    );
  };

  let last: Promise<unknown> = Promise.resolve();
  /**
   * One after the other: the last change that was asked for stays, and a disk that does not answer occupies one of the few threads that
   * deliveries are written with.
   */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = last.then(task);
    last = done.catch(() => {});
    return done;
  };

  return {
    read: () =>
      inTurn(async () => {
        const entry = await enabled();
        return { status: entry && (await isSame(entry.program, program)) ? 'on' : 'off' };
      }),
    set: (on) => inTurn(() => (on ? write() : rm(file, { force: true }))),
    followMove: () =>
      inTurn(async () => {
        const entry = await enabled();
        if (!entry || entry.program === program || (await exists(entry.program))) return false;
        await write();
        return true;
      }),
  };
};

/** An entry is a few lines. */
const mostBytes = 64 * 1024;

const profileSwitch = '--user-data-dir=';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether two paths lead to one file; a package puts a link to the program into `/usr/bin`. */
const isSame = async (one: string, other: string): Promise<boolean> => {
  const leadsTo = (path: string) => realpath(path).catch(() => path);
  return (await leadsTo(one)) === (await leadsTo(other));
};
