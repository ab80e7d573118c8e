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

/** Why a keyring that is there gives nothing now: it waits for a person, or does not answer at all. */
export type KeyringTrouble = 'locked' | 'silent';

/** A keyring that may give what it keeps later. */
export class KeyringClosed extends Error {
  readonly why: KeyringTrouble;

  constructor(why: KeyringTrouble) {
    super(why === 'locked' ? 'The keyring is locked' : 'The keyring does not answer');
    this.why = why;
  }
}

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

/** How long anybody waits for the keyring: a person may have to unlock it, and may not be there (K5). */
export const keyringPatienceMs = 3000;
const firstRetryMs = 5000;
const longestRetryMs = 60_000;

export type VaultOptions = {
  readonly folder: Folder;
  /** Asks the system's keyring. Rejects where it gives nothing now; is asked again then. May never settle. */
  readonly askKeyring: () => Promise<Cipher>;
  readonly later: Later;
  readonly report: (trouble: string) => void;
  /** The text under an id can be read after all, that was locked when `opened` settled. */
  readonly onOpenedLate: (id: string) => void;
  /** Told when the keyring gives nothing, why, and with null when that is over. */
  readonly onTrouble?: (why: KeyringTrouble | null) => void;
};

/**
 * Texts to keep secret, each under an id, in secrets.json with a backup, see `openBackedStore`. Reading them never asks the keyring.
 * While the file cannot be read, or is too new to be understood, every text is locked: it is there, and nothing may take its place. So
 * is every text that a keyring protects, until the keyring has answered.
 */
export function openVault(options: VaultOptions) {
  const { folder, askKeyring, later, report, onOpenedLate, onTrouble = () => {} } = options;
  const store = openBackedStore({
    ...{ folder, name: 'secrets', parse: (value: unknown) => Secrets.parse(value) },
    initial: { entries: {} },
  });
  const open = new Map<string, string>();
  /** Texts from outside that are in use, and not on disk yet. */
  const given = new Map<string, string>();
  for (const [id, { backend, data }] of Object.entries(store.current.entries))
    if (backend === plain) open.set(id, Buffer.from(data, 'base64').toString('utf8'));
  let cipher = noKeyring;
  let asking: Promise<void> | null = null;
  let trouble: KeyringTrouble | null = null;
  let retryMs = firstRetryMs;
  let cancelRetry = () => {};
  let isOpened = false;
  let settle = () => {};
  const opened = new Promise<void>((resolve) => {
    settle = () => {
      isOpened = true;
      resolve();
    };
  });

  /** Asks the keyring, once for all who ask while it has not answered. Settles when it has answered, or nobody waits any more. */
  function ask(): Promise<void> {
    cancelRetry();
    const giveUp = later(keyringPatienceMs, () => {
      if (asking) haveTrouble('silent');
      settle();
    });
    asking ??= openAll().finally(() => {
      asking = null;
      giveUp();
      settle();
    });
    return opened;
  }

  function haveTrouble(why: KeyringTrouble | null): void {
    if (why === trouble) return;
    trouble = why;
    if (why) report(new KeyringClosed(why).message);
    onTrouble(why);
  }

  /** Never rejects, but may never settle. */
  async function openAll(): Promise<void> {
    try {
      cipher = await askKeyring();
    } catch (error) {
      haveTrouble(error instanceof KeyringClosed ? error.why : 'silent');
      cancelRetry = later(retryMs, () => void ask());
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      return;
    }
    haveTrouble(null);
    await Promise.all(Object.entries(store.current.entries).map(openOne));
    await Promise.all([...given].map(([id, value]) => keep(id, value).catch(() => {})));
  }

  async function openOne([id, entry]: readonly [string, Entry]): Promise<void> {
    const revealed = await reveal(entry).catch(() => null);
    if (!revealed || !isStill(id, entry)) return;
    const wasLocked = !open.has(id);
    if (given.get(id) === revealed.text) given.delete(id);
    if (!given.has(id)) open.set(id, revealed.text);
    if (isOpened && wasLocked) onOpenedLate(id);
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

  /** Puts what was given on disk, unless that is there already, or takes the place of what only a keyring that is closed can read (K3). */
  async function keep(id: string, value: string): Promise<void> {
    if (given.get(id) !== value) return;
    const entry = store.current.entries[id];
    const isUnread = entry !== undefined && entry.backend !== plain;
    if (trouble !== null || (isUnread && cipher.backend === null)) return;
    const sealed = await seal(value);
    if (given.get(id) !== value) return;
    set(id, sealed);
    given.delete(id);
  }

  /** Whether there may be texts under ids that nobody knows of. */
  const hidesSome = () => {
    const { from, trouble: found } = store.standing;
    return from === 'nothing' && (found?.status === 'refused' || found?.status === 'newer');
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
    /** Whether there are, or may have been, texts in it. */
    get wasUsed() {
      return Object.keys(store.current.entries).length > 0 || store.standing.trouble !== null;
    },
    demandWritable: store.demandWritable,
    /** Asks the keyring, and again from time to time while it gives nothing. Settles as `opened` does. */
    ask,
    /** Asks the keyring again, where it gave nothing yet: something about it changed. */
    askAgain: (): void => {
      if (isOpened && cipher.backend === null) void ask();
    },
    /**
     * Settles once what the keyring protects was opened, as far as it answers within 3 s of being asked. It is not asked by this: the
     * desktop may not be there yet.
     */
    opened: (): Promise<void> => opened,
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
      await opened;
      if (open.get(id) === value && !given.has(id)) return;
      set(id, await seal(value));
      given.delete(id);
      open.set(id, value);
    },
    /**
     * Can be read at once, and is on disk as soon as the keyring has answered: for what comes from a file that will say it again. Settles
     * then, or when nobody waits for the keyring any more; rejects when the disk refuses, and it can be read all the same.
     */
    give: async (id: string, value: string): Promise<void> => {
      if (open.get(id) === value && !given.has(id)) return;
      open.set(id, value);
      given.set(id, value);
      await opened;
      await keep(id, value);
    },
    /** Throws, changing nothing, when the disk refuses. */
    remove: (id: string): void => {
      // What is hidden from us would seem to be gone.
      store.demandWritable();
      store.change(({ entries }) => ({
        entries: Object.fromEntries(Object.entries(entries).filter(([known]) => known !== id)),
      }));
      open.delete(id);
      given.delete(id);
    },
  };
}
