import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { createAccountBook } from './account-book.ts';
import { createOccurrences, type Repetition } from './occurrences.ts';

const AccountState = z.object({
  sourceId: z.string(),
  account: z.string(),
  name: z.string(),
  /** The words of the failure it has now. */
  title: z.string(),
  /** Failures in a row. */
  failures: z.int(),
  /** The open condition: since when (epoch ms) and by which entry; null while all is well. */
  failing: z.nullable(z.object({ since: z.int(), seq: z.int() })),
  /** When it was as it is now, by the provider's clock (epoch ms); null where the provider gave no time. */
  at: z.nullable(z.int()),
  /** When that was received, by our clock (epoch ms). An older Hookbell left it out. */
  receivedAt: z.optional(z.int()),
  /** Only our own simulator spoke of it. An older Hookbell left it out. */
  simulated: z.optional(z.boolean()),
});
export type AccountState = z.infer<typeof AccountState>;

/** What is saved of all accounts. */
export const SavedAccounts = z.object({ upTo: z.int(), accounts: z.array(AccountState) });
export type SavedAccounts = z.infer<typeof SavedAccounts>;

/** What an entry did to the condition of its account. */
export type AccountChange =
  | { readonly status: 'none' }
  /** It happened before what is known already: what it says of the account is no longer so. */
  | { readonly status: 'late' }
  /** Another entry reported the same thing before; nothing of the account changes. */
  | ({ readonly status: 'again' } & Repetition)
  | { readonly status: 'opened' }
  | { readonly status: 'still-failing'; readonly since: number }
  /** A passing failure, not yet often enough in a row to call it a condition. */
  | { readonly status: 'waiting'; readonly failures: number }
  /** `name`: as the failure called it. */
  | { readonly status: 'recovered'; readonly name: string };

/** A failure that the provider retries by itself becomes a condition with the third in a row. */
const passingFailures = 3;

export type Accounts = ReturnType<typeof createAccounts>;

/** Which accounts fail to sync: derived from the entries, in order, and rebuilt from them when it is lost. */
export const createAccounts = () => {
  const accounts = createAccountBook<AccountState>();
  const occurrences = createOccurrences();
  let upTo = 0;

  const apply = (entry: TimelineEntry): AccountChange => {
    const repetition = occurrences.apply(entry);
    if (entry.seq <= upTo) return { status: 'none' };
    upTo = entry.seq;
    if (repetition) return { status: 'again', ...repetition };
    if (entry.status !== 'event' || !entry.event.account) return { status: 'none' };
    const { account, title } = entry.event;
    const { sourceId, simulated } = entry;
    const about = { sourceId, account: account.id, name: account.name, title, simulated };
    const key = keyOf(about);
    const before = accounts.get(sourceId, key);
    if (account.health === 'unchanged') return { status: 'none' };
    const { receivedAt } = entry;
    const at = entry.event.occurredAt;
    // Providers promise no order: an old failure opens nothing, an old success closes nothing.
    if (before && isOlder(entry, at, before)) return { status: 'late' };

    switch (account.health) {
      case 'removed':
      case 'working':
        accounts.set(key, { ...about, failures: 0, failing: null, at, receivedAt });
        return before?.failing && account.health === 'working'
          ? { status: 'recovered', name: before.name }
          : { status: 'none' };
      case 'failing':
      case 'failing-for-now': {
        const failures = (before?.failures ?? 0) + 1;
        const opens = account.health === 'failing' || failures >= passingFailures;
        const failing =
          before?.failing ?? (opens ? { since: entry.receivedAt, seq: entry.seq } : null);
        accounts.set(key, { ...about, failures, failing, at, receivedAt });
        if (before?.failing) return { status: 'still-failing', since: before.failing.since };
        return failing ? { status: 'opened' } : { status: 'waiting', failures };
      }
    }
  };

  return {
    apply,
    get upTo() {
      return upTo;
    },
    /** The accounts with an open condition, the newest first: of each source at most 50 (E7b). */
    get failing() {
      return accounts
        .failing()
        .flatMap(({ newest }) => newest)
        .flatMap(({ failing, ...account }) => (failing ? { ...account, ...failing } : []))
        .sort((a, b) => b.since - a.since);
    },
    /** How many more than those `failing` lists, of each source that has more. */
    get moreFailing() {
      return accounts
        .failing()
        .flatMap(({ sourceId, more }) => (more > 0 ? [{ sourceId, accounts: more }] : []));
    },
    /** The person has read how it looks. */
    forgetSimulated: (): void => {
      for (const account of accounts.list())
        if (account.simulated) accounts.delete(account.sourceId, keyOf(account));
    },
    save: (): SavedAccounts => ({ upTo, accounts: accounts.list() }),
    clear: (): void => {
      upTo = 0;
      accounts.clear();
      occurrences.clear();
    },
    /** Begins from a saved state; one that knows more than the history counts for nothing. */
    load: (saved: SavedAccounts, lastSeq: number): void => {
      if (saved.upTo > lastSeq) return;
      upTo = saved.upTo;
      for (const state of saved.accounts) accounts.set(keyOf(state), state);
    },
  };
};

/** What the simulator says of an account is nothing that its provider said. */
const keyOf = ({
  sourceId,
  account,
  simulated = false,
}: Pick<AccountState, 'sourceId' | 'account' | 'simulated'>): string =>
  `${simulated ? 'simulated' : 'real'} ${sourceId} ${account}`;

type Dated = { readonly at: number; readonly receivedAt: number };

/**
 * Whether an entry tells of a time before what is known of its account. The order of receipt decides, unless the provider's
 * own times prove otherwise (section 12: no failure or recovery is swallowed because of a clock).
 */
function isOlder(entry: TimelineEntry, at: number | null, known: AccountState): boolean {
  const { receivedAt } = entry;
  const isReceivedBefore = wasReceivedBefore(entry, known.receivedAt ?? 0);
  if (at === null || known.at === null) return isReceivedBefore;
  const [one, other] = [
    { at, receivedAt },
    { at: known.at, receivedAt: known.receivedAt ?? known.at },
  ];
  return isReceivedBefore ? !isProvenBefore(other, one) : isProvenBefore(one, other);
}

/** What comes now comes last. Only what was admitted late or imported may have come earlier; our clock may have been set back. */
const wasReceivedBefore = (entry: TimelineEntry, knownReceivedAt: number): boolean =>
  (entry.cameAfter !== undefined || entry.importedAt !== undefined) &&
  entry.receivedAt < knownReceivedAt;

/**
 * Whether the provider's times prove which of two happened first. A time ahead of its own receipt shows a clock that is wrong
 * by at least as much, so it proves that much less: it outranks nothing that was received later and dated about then.
 */
const isProvenBefore = (one: Dated, other: Dated): boolean =>
  one.at < Math.min(other.at, 2 * other.receivedAt - other.at);
