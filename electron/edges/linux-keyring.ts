import { KeyringClosed } from '../setup/keyring.ts';
import type { SessionBus } from './session-bus.ts';

/** A keyring over the session bus, to be asked before Electron's blocking call. */
export type LinuxKeyring = {
  /** False where there is none. Rejects with `KeyringClosed` where it is locked or does not answer within 3 s. */
  readonly isOpen: () => Promise<boolean>;
  /** Calls `listener` whenever its answer may have changed. */
  readonly onChange: (listener: () => void) => void;
};

/** For a person's answer. */
const personMs = 24 * 60 * 60 * 1000;

const properties = 'org.freedesktop.DBus.Properties';
const ofBus = (member: string) => ({
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member,
});

const isThere = async (bus: SessionBus, name: string): Promise<boolean> => {
  const [names] = await bus.call(ofBus('ListNames'));
  if (Array.isArray(names) && names.includes(name)) return true;
  const [startable] = await bus.call(ofBus('ListActivatableNames'));
  return Array.isArray(startable) && startable.includes(name);
};

const answered = async <T>(answer: Promise<T>): Promise<T> => {
  try {
    return await answer;
  } catch {
    throw new KeyringClosed('silent');
  }
};

const unlockOnce = (unlock: () => Promise<unknown>, onEnd: () => void): (() => void) => {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    unlock().then(onEnd, () => {});
  };
};

const secrets = 'org.freedesktop.secrets';
const secretsPath = '/org/freedesktop/secrets';
const service = 'org.freedesktop.Secret.Service';
const prompt = 'org.freedesktop.Secret.Prompt';
const nothing = '/';

/** GNOME's keyring and others with the Secret Service API (specifications.freedesktop.org/secret-service). */
export const secretService = (bus: SessionBus): LinuxKeyring => {
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const call = (path: string, of: string, member: string, signature: string, ...body: unknown[]) =>
    bus.call({ destination: secrets, path, interface: of, member, signature, body });

  const defaultCollection = async (): Promise<string> => {
    const [found] = await call(secretsPath, service, 'ReadAlias', 's', 'default');
    return typeof found === 'string' ? found : nothing;
  };

  /** Shows the service's own prompt. The person's answer comes as a change. */
  const unlock = unlockOnce(async () => {
    const [, asks] = await call(secretsPath, service, 'Unlock', 'ao', [await defaultCollection()]);
    if (typeof asks !== 'string' || asks === nothing) return;
    bus.onSignal({ path: asks, interface: prompt, member: 'Completed' }, changed);
    await call(asks, prompt, 'Prompt', 's', '');
  }, changed);

  return {
    isOpen: async () => {
      if (!(await isThere(bus, secrets).catch(() => false))) return false;
      const collection = await answered(defaultCollection());
      if (collection === nothing) return true; // Electron makes one.
      const [locked] = await answered(
        call(collection, properties, 'Get', 'ss', 'org.freedesktop.Secret.Collection', 'Locked'),
      );
      if (!isTrue(locked)) return true;
      unlock();
      throw new KeyringClosed('locked');
    },
    onChange: (listener) => {
      listeners.push(listener);
      if (listeners.length > 1) return;
      bus.onOwner(secrets, changed);
      const signal = { path: secretsPath, interface: service, member: 'CollectionChanged' };
      bus.onSignal(signal, changed);
    },
  };
};

/** KDE's wallet (`kwalletd` 4, 5 or 6). Its `open` answers once the person has. `appName` stands in its prompt. */
export const kdeWallet = (bus: SessionBus, version: 4 | 5 | 6, appName: string): LinuxKeyring => {
  const suffix = version === 4 ? '' : String(version);
  const destination = `org.kde.kwalletd${suffix}`;
  const path = `/modules/kwalletd${suffix}`;
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const call = (member: string, signature: string, body: unknown[], withinMs?: number) =>
    bus.call(
      { destination, path, interface: 'org.kde.KWallet', member, signature, body },
      withinMs,
    );

  const unlock = unlockOnce(async () => {
    const [wallet] = await call('networkWallet', '', []);
    await call('open', 'sxs', [wallet, 0n, appName], personMs);
  }, changed);

  return {
    isOpen: async () => {
      if (!(await isThere(bus, destination).catch(() => false))) return false;
      const [isEnabled] = await answered(call('isEnabled', '', []));
      if (isEnabled !== true) return false;
      const [wallet] = await answered(call('networkWallet', '', []));
      const [isOpen] = await answered(call('isOpen', 's', [wallet]));
      if (isOpen === true) return true;
      unlock();
      throw new KeyringClosed('locked');
    },
    onChange: (listener) => {
      listeners.push(listener);
      if (listeners.length === 1) bus.onOwner(destination, changed);
    },
  };
};

/** D-Bus wraps a property in a variant. */
const isTrue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'value' in value && value.value === true;
