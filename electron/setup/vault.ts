import * as z from 'zod/mini';
import { type BackedStore, openBackedStore, type Standing } from '../storage/backed-store.ts';
import type { Folder } from '../storage/folder.ts';
import {
  type Cipher,
  createKeyring,
  type Keyring,
  type KeyringOptions,
  type KeyringTrouble,
} from './keyring.ts';

const Entry = z.object({ backend: z.string(), data: z.string() });
type Entry = z.infer<typeof Entry>;
const Secrets = z.object({ entries: z.record(z.string(), Entry) });
type Secrets = z.infer<typeof Secrets>;

/** The backend of an entry stored without a keyring: only the file's permissions protect it. */
const plain = 'plain';

export type VaultRead =
  | { readonly status: 'open'; readonly value: string }
  /** It may be readable later: nothing overwrites it on its own. */
  | { readonly status: 'locked' }
  | { readonly status: 'none' };

export type VaultOptions = Pick<KeyringOptions, 'askKeyring' | 'schedule' | 'report'> & {
  readonly folder: Folder;
  /** The text under an id was locked when `opened` settled, and can be read now. */
  readonly onOpenedLate: (id: string) => void;
  /** Called with the reason when an existing keyring cannot be used, and with null when it can be used again. */
  readonly onTrouble?: (why: KeyringTrouble | null) => void;
};

export type Vault = Pick<Keyring, 'ask' | 'askAgain' | 'opened'> & {
  /** Never asks the keyring. */
  readonly read: (id: string) => VaultRead;
  readonly standing: Standing;
  /** Whether the vault holds texts, or may have held some. */
  readonly wasUsed: boolean;
  /** Throws what would keep anything from being changed. */
  readonly demandWritable: () => void;
  /** Whether the system would protect a new secret; known once the vault is opened. */
  readonly hasKeyring: boolean;
  readonly storesPlainly: boolean;
  /** A new secret would be the first that only the file's permissions protect: the person is asked before. */
  readonly needsConsent: boolean;
  /** On disk when it settles. Rejects, changing nothing, when keyring or disk refuse. */
  readonly put: (id: string, value: string) => Promise<void>;
  /**
   * For a text from a file that will give it again: readable at once, on disk once the keyring has answered. Settles then, or
   * when the keyring was given up; rejects when the disk refuses.
   */
  readonly give: (id: string, value: string) => Promise<void>;
  readonly remove: (id: string) => void;
};

type State = {
  readonly store: BackedStore<Secrets>;
  readonly open: Map<string, string>;
  /** Texts that were given and are not on disk yet. */
  readonly given: Map<string, string>;
  readonly keyring: Keyring;
  readonly report: (trouble: string) => void;
  readonly onOpenedLate: (id: string) => void;
};

/**
 * Opens secrets.json with its backup. Texts are locked while the file cannot be read or is too new, and protected ones until
 * the keyring has answered.
 */
export const openVault = (options: VaultOptions): Vault => {
  const { folder, askKeyring, schedule, report, onOpenedLate, onTrouble = () => {} } = options;
  const store = openBackedStore({
    folder,
    name: 'secrets',
    parse: (value: unknown) => Secrets.parse(value),
    initial: { entries: {} },
  });
  const onAnswer = () => openAll(state);
  const keyring = createKeyring({ askKeyring, schedule, report, onAnswer, onTrouble });
  const open = new Map(
    Object.entries(store.current.entries).flatMap(([id, entry]): [string, string][] =>
      entry.backend === plain ? [[id, plainText(entry)]] : [],
    ),
  );
  const given = new Map<string, string>();
  const state: State = { store, open, given, keyring, report, onOpenedLate };
  const storesPlainly = () =>
    Object.values(store.current.entries).some(({ backend }) => backend === plain);

  return {
    ask: keyring.ask,
    askAgain: keyring.askAgain,
    opened: keyring.opened,
    read: (id) => read(state, id),
    get standing() {
      return store.standing;
    },
    get wasUsed() {
      return Object.keys(store.current.entries).length > 0 || store.standing.trouble !== null;
    },
    demandWritable: store.demandWritable,
    get hasKeyring() {
      return keyring.cipher.backend !== null;
    },
    get storesPlainly() {
      return storesPlainly();
    },
    get needsConsent() {
      return keyring.cipher.backend === null && !storesPlainly();
    },
    put: (id, value) => put(state, id, value),
    give: (id, value) => give(state, id, value),
    remove: (id) => remove(state, id),
  };
};

const read = ({ open, store }: State, id: string): VaultRead => {
  const value = open.get(id);
  if (value !== undefined) return { status: 'open', value };
  const { from, trouble } = store.standing;
  const hidesSome =
    from === 'nothing' && (trouble?.status === 'refused' || trouble?.status === 'newer');
  const isThere = hidesSome || Object.hasOwn(store.current.entries, id);
  return isThere ? { status: 'locked' } : { status: 'none' };
};

const isOnDisk = ({ open, given }: State, id: string, value: string): boolean =>
  open.get(id) === value && !given.has(id);

const put = async (state: State, id: string, value: string): Promise<void> => {
  const { open, given, keyring } = state;
  await keyring.opened();
  if (isOnDisk(state, id, value)) return;
  setEntry(state, id, await seal(keyring.cipher, value));
  given.delete(id);
  open.set(id, value);
};

const give = async (state: State, id: string, value: string): Promise<void> => {
  const { open, given, keyring } = state;
  if (isOnDisk(state, id, value)) return;
  open.set(id, value);
  given.set(id, value);
  await keyring.opened();
  await storeGiven(state, id, value);
};

/** A text that only a closed keyring can read is not overwritten (K3). */
const storeGiven = async (state: State, id: string, value: string): Promise<void> => {
  const { store, given, keyring } = state;
  if (given.get(id) !== value) return;
  const entry = store.current.entries[id];
  const isUnread = entry !== undefined && entry.backend !== plain;
  if (keyring.trouble !== null || (isUnread && keyring.cipher.backend === null)) return;
  const sealed = await seal(keyring.cipher, value);
  if (given.get(id) !== value) return;
  setEntry(state, id, sealed);
  given.delete(id);
};

const remove = ({ store, open, given }: State, id: string): void => {
  // A text that is hidden from us would seem to be gone.
  store.demandWritable();
  store.change(({ entries }) => ({
    entries: Object.fromEntries(Object.entries(entries).filter(([known]) => known !== id)),
  }));
  open.delete(id);
  given.delete(id);
};

const setEntry = ({ store }: State, id: string, entry: Entry): void =>
  store.change(({ entries }) => ({ entries: { ...entries, [id]: entry } }));

/** Opens every entry with the keyring's answer. Never rejects, but may never settle. */
const openAll = async (state: State): Promise<void> => {
  const entries = Object.entries(state.store.current.entries);
  await Promise.all(entries.map(([id, entry]) => openEntry(state, id, entry)));
  await Promise.all(
    [...state.given].map(([id, value]) => storeGiven(state, id, value).catch(() => {})),
  );
};

const openEntry = async (state: State, id: string, entry: Entry): Promise<void> => {
  const { open, given, keyring, onOpenedLate } = state;
  const revealed = await reveal(keyring.cipher, entry).catch(() => null);
  if (!revealed || !isStill(state, id, entry)) return;
  const wasLocked = !open.has(id);
  if (given.get(id) === revealed.text) given.delete(id);
  if (!given.has(id)) open.set(id, revealed.text);
  if (keyring.isOpened && wasLocked) onOpenedLate(id);
  if (revealed.stale) await reseal(state, id, entry, revealed.text);
};

/** While the keyring was silent, another text may have taken the entry's place. */
const isStill = ({ store }: State, id: string, { data }: Entry): boolean =>
  store.current.entries[id]?.data === data;

/** Encrypts a text that was stored plainly, or with an older key. */
const reseal = async (state: State, id: string, entry: Entry, text: string): Promise<void> => {
  try {
    const sealed = await seal(state.keyring.cipher, text);
    if (isStill(state, id, entry)) setEntry(state, id, sealed);
  } catch {
    state.report('A secret could not be encrypted anew; it stays as it was');
  }
};

const seal = async (cipher: Cipher, value: string): Promise<Entry> =>
  cipher.backend === null
    ? { backend: plain, data: Buffer.from(value, 'utf8').toString('base64') }
    : { backend: cipher.backend, data: await cipher.encrypt(value) };

type Revealed = { readonly text: string; readonly stale: boolean };

const reveal = async (cipher: Cipher, entry: Entry): Promise<Revealed | null> => {
  if (entry.backend === plain) return { text: plainText(entry), stale: cipher.backend !== null };
  return cipher.backend === entry.backend ? cipher.decrypt(entry.data) : null;
};

const plainText = ({ data }: Entry): string => Buffer.from(data, 'base64').toString('utf8');
