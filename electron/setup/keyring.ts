import type { Schedule } from '../schedule.ts';

/** The system's keyring, behind one adapter for its synchronous and its asynchronous API. */
export type Cipher = {
  /** The name of what protects the texts; null where the system has no keyring. */
  readonly backend: string | null;
  /** Base64. Rejects when the keyring does not answer within 10 s. */
  encrypt(text: string): Promise<string>;
  /** `stale`: the system asks for it to be encrypted anew. May never settle. */
  decrypt(encrypted: string): Promise<{ readonly text: string; readonly stale: boolean }>;
};

/** Why an existing keyring gives nothing now: it waits for a person, or does not answer at all. */
export type KeyringTrouble = 'locked' | 'silent';

export class KeyringClosed extends Error {
  readonly why: KeyringTrouble;

  constructor(why: KeyringTrouble) {
    super(why === 'locked' ? 'The keyring is locked' : 'The keyring does not answer');
    this.why = why;
  }
}

const noKeyring: Cipher = {
  backend: null,
  encrypt: () => Promise.reject(new Error('There is no keyring')),
  decrypt: () => Promise.reject(new Error('There is no keyring')),
};

/** How long anything waits for the keyring, which a person may have to unlock (K5). */
export const keyringPatienceMs = 3000;
const firstRetryMs = 5000;
const longestRetryMs = 60_000;

export type KeyringOptions = {
  /** Rejects where the keyring gives nothing now, and is called again then. May never settle. */
  readonly askKeyring: () => Promise<Cipher>;
  readonly schedule: Schedule;
  readonly report: (trouble: string) => void;
  /** Decrypts what the keyring protects. Never rejects, but may never settle. */
  readonly onAnswer: () => Promise<void>;
  /** Told when the keyring gives nothing, why, and with null when that is over. */
  readonly onTrouble: (why: KeyringTrouble | null) => void;
};

export type Keyring = {
  /** What the keyring answered; without a backend until then. */
  readonly cipher: Cipher;
  readonly trouble: KeyringTrouble | null;
  readonly isOpened: boolean;
  /** Settles once everything is decrypted, within 3 s of `ask`. Does not ask itself. */
  readonly opened: () => Promise<void>;
  /** Asks now, and again at growing intervals. Settles as `opened`. */
  readonly ask: () => Promise<void>;
  /** Something about the keyring changed: asks again where it gave nothing yet. */
  readonly askAgain: () => void;
};

/** Asks the system's keyring until it answers, and lets callers wait 3 s at most. */
export const createKeyring = (options: KeyringOptions): Keyring => {
  const { askKeyring, schedule, report, onAnswer, onTrouble } = options;
  let cipher = noKeyring;
  let asking: Promise<void> | null = null;
  let trouble: KeyringTrouble | null = null;
  let retryMs = firstRetryMs;
  let cancelRetry = () => {};
  const opening = createOpening();

  const haveTrouble = (why: KeyringTrouble | null): void => {
    if (why === trouble) return;
    trouble = why;
    if (why) report(new KeyringClosed(why).message);
    onTrouble(why);
  };

  const answer = async (): Promise<void> => {
    try {
      cipher = await askKeyring();
    } catch (error) {
      haveTrouble(error instanceof KeyringClosed ? error.why : 'silent');
      cancelRetry = schedule(retryMs, () => void ask());
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      return;
    }
    haveTrouble(null);
    await onAnswer();
  };

  const ask = (): Promise<void> => {
    cancelRetry();
    const giveUp = schedule(keyringPatienceMs, () => {
      if (asking) haveTrouble('silent');
      opening.settle();
    });
    asking ??= answer().finally(() => {
      asking = null;
      giveUp();
      opening.settle();
    });
    return opening.opened;
  };

  return {
    get cipher() {
      return cipher;
    },
    get trouble() {
      return trouble;
    },
    get isOpened() {
      return opening.isOpened();
    },
    opened: () => opening.opened,
    ask,
    askAgain: () => {
      if (opening.isOpened() && cipher.backend === null) void ask();
    },
  };
};

/** A promise that knows whether it has settled. */
const createOpening = () => {
  let isOpened = false;
  let settle = () => {};
  const opened = new Promise<void>((resolve) => {
    settle = () => {
      isOpened = true;
      resolve();
    };
  });
  return { opened, settle: () => settle(), isOpened: () => isOpened };
};
