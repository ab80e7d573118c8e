import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { createAccountBook } from './account-book.ts';

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
  /** When that was received (epoch ms). An older Hookbell left it out. */
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
  /** The provider dates it before what is known already: what it says of the account is no longer so. */
  | { readonly status: 'late' }
  | { readonly status: 'opened' }
  | { readonly status: 'still-failing'; readonly since: number }
  /** A passing failure, not yet often enough in a row to call it a condition. */
  | { readonly status: 'waiting'; readonly failures: number }
  | { readonly status: 'recovered'; readonly name: string };

/** A failure that the provider retries by itself becomes a condition with the third in a row. */
const passingFailures = 3;

export type Accounts = ReturnType<typeof createAccounts>;

/** Which accounts fail to sync: derived from the entries, in order, and rebuilt from them when it is lost. */
export const createAccounts = () => {
  const accounts = createAccountBook<AccountState>();
  let upTo = 0;

  const apply = (entry: TimelineEntry): AccountChange => {
    if (entry.seq <= upTo) return { status: 'none' };
    upTo = entry.seq;
    if (entry.status !== 'event' || !entry.event.account) return { status: 'none' };
    const { account, title } = entry.event;
    const { sourceId, simulated } = entry;
    const about = { sourceId, account: account.id, name: account.name, title, simulated };
    const key = keyOf(about);
    const before = accounts.get(sourceId, key);
    if (account.health === 'unchanged') return { status: 'none' };
    const { receivedAt } = entry;
    const at = occurred(entry.event.occurredAt, receivedAt);
    // Providers promise no order (providers' pages): an old failure opens nothing, an old success closes nothing.
    if (before && isOlder({ at, receivedAt }, before)) return { status: 'late' };

    switch (account.health) {
      case 'removed':
      case 'working':
        accounts.set(key, { ...about, failures: 0, failing: null, at, receivedAt });
        return before?.failing && account.health === 'working'
          ? { status: 'recovered', name: account.name }
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

const day = 86_400_000;

/** A time far ahead of its own arrival is a wrong clock, and must not make everything after it look old; ours may have been set back. */
const occurred = (at: number | null, receivedAt: number): number | null =>
  at !== null && at > receivedAt + day ? receivedAt : at;

type Dated = Pick<AccountState, 'at' | 'receivedAt'>;

/** By the provider's time where both have one; else what was admitted late, or imported, came earlier. */
const isOlder = (one: Dated, other: Dated): boolean =>
  one.at !== null && other.at !== null
    ? one.at < other.at
    : (one.receivedAt ?? 0) < (other.receivedAt ?? 0);
