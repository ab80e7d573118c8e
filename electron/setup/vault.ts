import * as z from 'zod/mini';
import type { Folder } from '../history/folder.ts';

/** The system's keyring, behind one adapter for its synchronous and its asynchronous API. */
export type Cipher = {
  /** The name of what protects the texts; null where the system has no keyring. */
  readonly backend: string | null;
  /** Base64. Rejects when the keyring does not answer. */
  encrypt(text: string): Promise<string>;
  /** `stale`: the system asks for it to be encrypted anew. */
  decrypt(encrypted: string): Promise<{ readonly text: string; readonly stale: boolean }>;
};

const Entry = z.object({ backend: z.string(), data: z.string() });
const VaultFile = z.object({ v: z.literal(1), entries: z.record(z.string(), Entry) });
type Entries = Record<string, z.infer<typeof Entry>>;

/** The mark of an entry that is in a plain file, readable by the user's own account only, because there was no keyring. */
const plain = 'plain';

export type VaultRead =
  | { readonly status: 'open'; readonly value: string }
  /** There, but not readable now; it may be tomorrow, so it is never overwritten on its own. */
  | { readonly status: 'locked' }
  | { readonly status: 'none' };

export type Vault = Awaited<ReturnType<typeof openVault>>;

/** Texts to keep secret, each under an id. They are read once, at the start; reading them later asks no keyring. */
export async function openVault(folder: Folder, cipher: Cipher, report: (damage: string) => void) {
  const file = folder.store('secrets');
  const entries = await readEntries();
  const open = new Map<string, string>();
  for (const [id, entry] of Object.entries(entries)) {
    const revealed = await reveal(entry).catch(() => null);
    if (revealed?.stale) await reseal(id, revealed.text);
    if (revealed) open.set(id, revealed.text);
  }

  async function readEntries(): Promise<Entries> {
    try {
      const value = file.read();
      return value === undefined ? {} : VaultFile.parse(value).entries;
    } catch {
      report('secrets.json was damaged and was set aside; set the secrets again');
      await folder.rename('secrets.json', `secrets.json.corrupt-${(await folder.list()).length}`);
      return {};
    }
  }

  async function reveal({ backend, data }: z.infer<typeof Entry>) {
    if (backend === plain)
      return { text: Buffer.from(data, 'base64').toString('utf8'), stale: cipher.backend !== null };
    return cipher.backend === backend ? cipher.decrypt(data) : null;
  }

  /** What lay open before there was a keyring, or was encrypted with an older key, is protected as well as it can be now. */
  async function reseal(id: string, text: string): Promise<void> {
    try {
      entries[id] = await seal(text);
      save();
    } catch {
      report('A secret could not be encrypted anew; it stays as it was');
    }
  }

  async function seal(value: string) {
    if (cipher.backend === null)
      return { backend: plain, data: Buffer.from(value, 'utf8').toString('base64') };
    return { backend: cipher.backend, data: await cipher.encrypt(value) };
  }

  function save(): void {
    file.write({ v: 1, entries });
  }

  return {
    read: (id: string): VaultRead => {
      const value = open.get(id);
      if (value !== undefined) return { status: 'open', value };
      return id in entries ? { status: 'locked' } : { status: 'none' };
    },
    /** Whether a new secret would be protected by the system. */
    hasKeyring: cipher.backend !== null,
    /** Whether a secret lies in a plain file. */
    get storesPlainly() {
      return Object.values(entries).some(({ backend }) => backend === plain);
    },
    /** On disk when it settles. Rejects when keyring or disk refuse. */
    put: async (id: string, value: string): Promise<void> => {
      if (open.get(id) === value) return;
      entries[id] = await seal(value);
      save();
      open.set(id, value);
    },
    remove: (id: string): void => {
      delete entries[id];
      open.delete(id);
      save();
    },
  };
}
