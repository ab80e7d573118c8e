import { readFile } from 'node:fs/promises';
import { homedir, hostname, release, userInfo, version } from 'node:os';
import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import type {
  Identity,
  NotificationServiceFacts,
  PackagedAs,
  SystemFacts,
} from '../diagnostics/facts.ts';
import { isFlatpak, ownAppImage } from './app-image.ts';
import { ofNotifications, serviceName } from './notification-service.ts';
import type { TrayHost } from './reachable.ts';
import type { SessionBus } from './session-bus.ts';

export type SystemFactsOptions = {
  /** The session bus on Linux; null elsewhere. */
  readonly bus: SessionBus | null;
  readonly trayHost: () => TrayHost;
};

/** The facts of this computer now. Settles within a few seconds and never rejects: a fact that nobody answers for is unknown. */
export const systemFacts = async ({ bus, trayHost }: SystemFactsOptions): Promise<SystemFacts> => {
  const { env, platform, arch } = process;
  const [os, packagedAs, notifications] = await Promise.all([
    osName(),
    packaging(),
    notificationFacts(bus),
  ]);
  return {
    os,
    kernel: release(),
    arch: `${platform} ${arch}`,
    packagedAs,
    locale: app.getLocale(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    desktop: env.XDG_CURRENT_DESKTOP ?? null,
    session: env.XDG_SESSION_TYPE ?? null,
    trayHost: trayHost(),
    keyringBackend: platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null,
    notifications,
  };
};

const osName = async (): Promise<string> => {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const [, name] = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(text) ?? [];
  return name ?? version();
};

const packaging = async (): Promise<PackagedAs> => {
  const { env, execPath, resourcesPath } = process;
  if (!app.isPackaged) return 'source';
  if (ownAppImage(env, execPath) !== null) return 'AppImage';
  if (isFlatpak()) return 'Flatpak';
  if (env.SNAP && execPath.startsWith(env.SNAP)) return 'Snap';
  const type = await readFile(join(resourcesPath, 'package-type'), 'utf8').catch(() => '');
  return (['deb', 'rpm'] as const).find((one) => one === type.trim()) ?? 'unknown';
};

const notificationFacts = async (bus: SessionBus | null): Promise<NotificationServiceFacts> => {
  if (!bus) return { status: 'of-the-system' };
  const ask = (member: string) =>
    bus.call({ destination: serviceName, ...ofNotifications(member) });
  try {
    const [[name, , serviceVersion], [capabilities]] = await Promise.all([
      ask('GetServerInformation'),
      ask('GetCapabilities'),
    ]);
    return {
      status: 'known',
      name: String(name),
      version: String(serviceVersion),
      capabilities: Array.isArray(capabilities) ? capabilities.map(String) : [],
    };
  } catch {
    return { status: 'silent' };
  }
};

/** The names and folders of this person, to be kept out of what others read. */
export const identityOf = (userData: string): Identity => ({
  userName: userName(),
  computerName: hostname(),
  folders: [
    { path: homedir(), as: '~' },
    { path: userData, as: '<profile>' },
    { path: app.getAppPath(), as: '<app>' },
  ],
});

/** Empty for a user without an entry in the system's list. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? '';
  }
};
