import { safeStorage } from 'electron';
import type { Cipher } from '../setup/vault.ts';

const answerMs = 10_000;

/** The keyring of the system through Electron: its asynchronous API where there is one (Electron 42+), else the other. After `ready`. */
export const systemCipher = async (): Promise<Cipher> => {
  const isAsync = typeof safeStorage.encryptStringAsync === 'function';
  const available = isAsync
    ? await safeStorage.isAsyncEncryptionAvailable().catch(() => false)
    : safeStorage.isEncryptionAvailable();

  return {
    backend: available ? backendName() : null,
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

/** Chromium's `basic_text` is a fixed password: no protection, and treated as none. */
const backendName = (): string | null => {
  if (process.platform === 'win32') return 'dpapi';
  if (process.platform === 'darwin') return 'keychain';
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' || backend === 'unknown' ? null : backend;
};

/** A keyring may wait for a person who is not there. */
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
