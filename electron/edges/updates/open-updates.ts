import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { Folder } from '../../storage/folder.ts';
import type { UpdateEdges, UpdateSource } from '../../updates/updater.ts';
import { isFlatpak } from '../app-image.ts';
import { schedule } from '../clock.ts';
import type { Finish, Quitting } from '../quitting.ts';
import { type Feed, feedFile, openFeed } from './feed.ts';
import { type Installation, installationOf } from './installation.ts';
import { readFlatpakMark, readVersionFile, watchInstalledVersion } from './installed-version.ts';
import { relaunchSwitches } from './relaunch.ts';
import { leaveRestartNote, type RestartNote, withdrawRestartNote } from './restart-note.ts';

export type OpenUpdatesOptions = {
  /** Where the note for the next start is left. */
  readonly folder: Folder;
  /** The note that the start before left. */
  readonly note: RestartNote | null;
  readonly restart: Quitting['restart'];
  /** Whether a person can see the window. */
  readonly isWindowShown: () => boolean;
  readonly isInUse: UpdateEdges['isInUse'];
};

/** The updates of this installation. Loads nothing, and asks nobody. */
export const openUpdates = (options: OpenUpdatesOptions): UpdateEdges => {
  const { folder, note, isWindowShown, isInUse } = options;
  const installation = thisInstallation();
  const nextSwitches = () => relaunchSwitches(process.argv.slice(1), !isWindowShown());
  const feed = feedOf(installation, nextSwitches);

  const relaunch = (): void => {
    const execPath = installation.kind === 'app-image' ? installation.file : process.execPath;
    app.relaunch({ execPath, args: nextSwitches() });
  };

  return {
    source: feed ? { kind: 'feed', ...feed } : sourceOf(installation),
    isInUse,
    missed: note && note.version !== app.getVersion() ? note.version : null,
    restart: async ({ version, how, byItself }) => {
      // A package that was removed meanwhile could not be started again.
      if (!(await isInstalled(installation, version))) return { status: 'not-now' };
      const installs = how === 'downloaded' ? feed : null;
      const obstacle = (await installs?.obstacle()) ?? null;
      if (obstacle) return { status: 'failed', ...obstacle };
      // Everywhere else a switch says it.
      const hidden = ['mac', 'windows'].includes(installation.kind) && !isWindowShown();
      const isNoted = leaveRestartNote(folder, { version: version ?? '', hidden, at: Date.now() });
      // Without the note, a restart that brings nothing would follow itself.
      if (byItself && !isNoted) return { status: 'not-now' };
      const finish: Finish = () => {
        const isInstalling = installs?.install() ?? false;
        if (isInstalling && installation.kind === 'mac')
          return { ends: 'by-installer', otherwise: relaunch };
        if (!isInstalling) relaunch();
        return { ends: 'now' };
      };
      options.restart(finish, () => withdrawRestartNote(folder));
      return { status: 'begun' };
    },
  };
};

/** A test of the app that is not packaged names a folder that stands for the installed files. A packaged app asks no variable. */
const resourcesFolder = (): string | null =>
  app.isPackaged ? process.resourcesPath : (process.env.HOOKBELL_RESOURCES ?? null);

const thisInstallation = (): Installation =>
  installationOf({
    platform: process.platform,
    resources: resourcesFolder(),
    isFlatpak: isFlatpak(),
    execPath: process.execPath,
    env: process.env,
  });

const feedOf = (installation: Installation, switches: () => string[]): Feed | null => {
  const { kind } = installation;
  if (kind !== 'app-image' && kind !== 'mac' && kind !== 'windows') return null;
  return existsSync(feedFile(installation)) ? openFeed({ installation, switches }) : null;
};

type Package = Extract<Installation, { kind: 'package' }>;

const versionFile = ({ resources }: Package): string => join(resources, 'version');

/** Whether the files of a package are of this version now. Others replace themselves, or do not say it. */
const isInstalled = async (installation: Installation, version: string | null): Promise<boolean> =>
  installation.kind !== 'package' || (await readVersionFile(versionFile(installation))) === version;

const sourceOf = (installation: Installation): UpdateSource => {
  switch (installation.kind) {
    case 'development':
      return { kind: 'off', why: 'not-packaged' };
    case 'package':
      return watched(versionFile(installation), readVersionFile);
    case 'flatpak':
      return watched('/app/.updated', readFlatpakMark);
    case 'app-image':
    case 'mac':
    case 'windows':
      return { kind: 'off', why: 'no-feed' };
  }
};

const watched = (
  file: string,
  read: (file: string) => Promise<string | null | undefined>,
): UpdateSource => ({
  kind: 'installed',
  watch: (onVersion) => watchInstalledVersion({ file, read, schedule, onVersion }),
});
