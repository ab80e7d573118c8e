import * as z from 'zod/mini';
import type { Folder } from '../history/folder.ts';
import type { Later } from '../later.ts';
import { openBackedStore } from './backed-store.ts';

/** The system's keyring, behind one adapter for its synchronous and its asynchronous API. */
export type Cipher = {
  /** The name of what protects the texts; null where the system has no keyring. */
  readonly backend: string | null;
  /** Base64. Rejects when the keyring does not answer within 10 s. */
  encrypt(text: string): Promise<string>;
  /** `stale`: the system asks for it to be encrypted anew. May never settle. */
  decrypt(encrypted: string): Promise<{ readonly text: string; readonly stale: boolean }>;
};

const Entry = z.object({ backend: z.string(), data: z.string() });
type Entry = z.infer<typeof Entry>;
const Secrets = z.object({ entries: z.record(z.string(), Entry) });

const noKeyring: Cipher = {
  backend: null,
  encrypt: () => Promise.reject(new Error('There is no keyring')),
  decrypt: () => Promise.reject(new Error('There is no keyring')),
};

/** The mark of an entry that is in a plain file, readable by the user's own account only, because there was no keyring. */
const plain = 'plain';

export type VaultRead =
  | { readonly status: 'open'; readonly value: string }
  /** There, but not readable now; it may be tomorrow, so it is never overwritten on its own. */
  | { readonly status: 'locked' }
  | { readonly status: 'none' };

export type Vault = ReturnType<typeof openVault>;

/** How long the keyring has to open everything; a person may have to unlock it, and may not be there (K5). */
const patienceMs = 10_000;

export type VaultOptions = {
  readonly folder: Folder;
  readonly askKeyring: () => Promise<Cipher>;
  readonly later: Later;
  readonly report: (trouble: string) => void;
  /** A text can be read after all, that was locked when `opened` settled. */
  readonly onOpenedLate: () => void;
};

/**
 * Texts to keep secret, each under an id, in secrets.json with a backup, see `openBackedStore`. They are read once, at the
 * start; reading them later asks no keyring. While the file cannot be read, or is too new to be understood, every text is
 * locked: it is there, and nothing may take its place. So is every text that a keyring protects, until `opened` has settled,
 * and after that until the keyring answers.
 */
export function openVault({ folder, askKeyring, later, report, onOpenedLate }: VaultOptions) {
  const store = openBackedStore({
    ...{ folder, name: 'secrets', parse: (value: unknown) => Secrets.parse(value) },
    initial: { entries: {} },
  });
  const open = new Map<string, string>();
  for (const [id, { backend, data }] of Object.entries(store.current.entries))
    if (backend === plain) open.set(id, Buffer.from(data, 'base64').toString('utf8'));
  let opening: Promise<void> | null = null;
  let isLate = false;
  let cipher = noKeyring;

  function opened(): Promise<void> {
    opening ??= new Promise((resolve) => {
      const giveUp = later(patienceMs, () => {
        isLate = true;
        report('The keyring did not answer within 10 s');
        resolve();
      });
      void openAll().then(() => {
        giveUp();
        resolve();
      });
    });
    return opening;
  }

  /** Never rejects, but may never settle. */
  async function openAll(): Promise<void> {
    cipher = await askKeyring().catch((error: unknown): Cipher => {
      report(
        `The keyring cannot be asked: ${error instanceof Error ? error.message : 'unknown error'}`,
      );
      return noKeyring;
    });
    await Promise.all(Object.entries(store.current.entries).map(openOne));
  }

  async function openOne([id, entry]: readonly [string, Entry]): Promise<void> {
    const revealed = await reveal(entry).catch(() => null);
    if (!revealed || !isStill(id, entry)) return;
    const wasLocked = !open.has(id);
    open.set(id, revealed.text);
    if (isLate && wasLocked) onOpenedLate();
    if (revealed.stale) await reseal(id, entry, revealed.text);
  }

  /** While the keyring was silent, another text may have taken its place. */
  const isStill = (id: string, { data }: Entry): boolean =>
    store.current.entries[id]?.data === data;

  async function reveal({ backend, data }: Entry) {
    if (backend === plain)
      return { text: Buffer.from(data, 'base64').toString('utf8'), stale: cipher.backend !== null };
    return cipher.backend === backend ? cipher.decrypt(data) : null;
  }

  /** What lay open before there was a keyring, or was encrypted with an older key, is protected as well as it can be now. */
  async function reseal(id: string, entry: Entry, text: string): Promise<void> {
    try {
      const sealed = await seal(text);
      if (isStill(id, entry)) set(id, sealed);
    } catch {
      report('A secret could not be encrypted anew; it stays as it was');
    }
  }

  async function seal(value: string): Promise<Entry> {
    if (cipher.backend === null)
      return { backend: plain, data: Buffer.from(value, 'utf8').toString('base64') };
    return { backend: cipher.backend, data: await cipher.encrypt(value) };
  }

  function set(id: string, entry: Entry): void {
    store.change(({ entries }) => ({ entries: { ...entries, [id]: entry } }));
  }

  /** Whether there may be texts under ids that nobody knows of. */
  const hidesSome = () => {
    const { from, trouble } = store.standing;
    return from === 'nothing' && (trouble?.status === 'refused' || trouble?.status === 'newer');
  };

  return {
    read: (id: string): VaultRead => {
      const value = open.get(id);
      if (value !== undefined) return { status: 'open', value };
      const isThere = Object.hasOwn(store.current.entries, id) || hidesSome();
      return isThere ? { status: 'locked' } : { status: 'none' };
    },
    get standing() {
      return store.standing;
    },
    demandWritable: store.demandWritable,
    /** Opens what the system's keyring protects, as far as it answers within 10 s. It is asked once: again is the same as once. */
    opened,
    /** Whether a new secret would be protected by the system; known once it is opened. */
    get hasKeyring() {
      return cipher.backend !== null;
    },
    /** Whether a secret lies in a plain file. */
    get storesPlainly() {
      return Object.values(store.current.entries).some(({ backend }) => backend === plain);
    },
    /** On disk when it settles. Rejects, changing nothing, when keyring or disk refuse. */
    put: async (id: string, value: string): Promise<void> => {
      await opened();
      if (open.get(id) === value) return;
      set(id, await seal(value));
      open.set(id, value);
    },
    /** Throws, changing nothing, when the disk refuses. */
    remove: (id: string): void => {
      // What is hidden from us would seem to be gone.
      store.demandWritable();
      store.change(({ entries }) => ({
        entries: Object.fromEntries(Object.entries(entries).filter(([known]) => known !== id)),
      }));
      open.delete(id);
    },
  };
}
