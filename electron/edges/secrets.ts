import { app, safeStorage } from 'electron';
import type { Cipher } from '../setup/keyring.ts';
import { kdeWallet, type LinuxKeyring, secretService } from './linux-keyring.ts';
import type { SessionBus } from './session-bus.ts';

const answerMs = 10_000;

export type SystemKeyring = {
  /** Rejects with `KeyringClosed` where it exists but cannot answer now. */
  readonly ask: () => Promise<Cipher>;
  readonly onChange: (listener: () => void) => void;
};

/**
 * The system's keyring through Electron. On Linux it must first answer over the bus: Electron 33 blocks this process for more than a
 * minute on a silent one, and never asks again (K5). `bus`: null except on Linux. After `ready`.
 */
export const systemKeyring = (bus: SessionBus | null): SystemKeyring => {
  if (!bus) return { ask: cipher, onChange: () => {} };
  const keyring = linuxKeyring(bus);
  return {
    ask: async () => {
      const isThere = keyring !== null && (await keyring.isOpen());
      return isThere ? cipher() : noKeyring;
    },
    onChange: (listener) => keyring?.onChange(listener),
  };
};

/** Null where Electron uses none, or `basic_text`, whose fixed password protects nothing. */
const linuxKeyring = (bus: SessionBus): LinuxKeyring | null => {
  switch (safeStorage.getSelectedStorageBackend()) {
    case 'gnome_libsecret':
      return secretService(bus);
    case 'kwallet':
      return kdeWallet(bus, 4, app.getName());
    case 'kwallet5':
      return kdeWallet(bus, 5, app.getName());
    case 'kwallet6':
      return kdeWallet(bus, 6, app.getName());
    default:
      return null;
  }
};

const refuse = () => Promise.reject(new Error('There is no keyring'));
const noKeyring: Cipher = { backend: null, encrypt: refuse, decrypt: refuse };

const cipher = async (): Promise<Cipher> => {
  const isAsync = typeof safeStorage.encryptStringAsync === 'function';
  const available = isAsync
    ? await safeStorage.isAsyncEncryptionAvailable().catch(() => false)
    : safeStorage.isEncryptionAvailable();
  if (!available) return noKeyring;
  return {
    backend: backendName(),
    encrypt: async (text) => {
      const encrypted = isAsync
        ? await inTime(safeStorage.encryptStringAsync(text))
        : safeStorage.encryptString(text);
      return encrypted.toString('base64');
    },
    decrypt: async (encrypted) => {
      const bytes = Buffer.from(encrypted, 'base64');
      if (!isAsync) return { text: safeStorage.decryptString(bytes), stale: false };
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes);
      return { text: result, stale: shouldReEncrypt };
    },
  };
};

const backendName = (): string => {
  if (process.platform === 'win32') return 'dpapi';
  return process.platform === 'darwin' ? 'keychain' : safeStorage.getSelectedStorageBackend();
};

/** A keyring may wait for an absent person. */
const inTime = <T>(answer: Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    new Promise<never>((_resolve, reject) => {
      setTimeout(
        () => reject(new Error('The keyring did not answer within 10 s')),
        answerMs,
      ).unref();
    }),
  ]);
