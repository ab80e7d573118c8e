import * as z from 'zod/mini';
import { type Health, Owner } from '../../shared/event.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { type AccountBook, createAccountBook } from './account-book.ts';
import {
  compareReports,
  latestOf,
  noReports,
  type Report,
  Reports,
  type Standing,
  standingOf,
  withReport,
} from './account-reports.ts';
import { createOccurrences, type Repetition } from './occurrences.ts';

/** An account and what counts of its reports. The names are those of accounts.json. */
const SavedAccount = z.extend(Reports, {
  sourceId: z.string(),
  accountId: z.string(),
  /** Only simulated events are about it. */
  simulated: z.boolean(),
  /** These four are of the latest report in order. */
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  owner: z.nullable(Owner),
  /** The latest receipt of a report that came by itself (epoch ms); null without one. Our clock may go back. */
  receivedAt: z.nullable(z.int()),
  /** The last sync that the provider told of (epoch ms); null without one. */
  syncedAt: z.nullable(z.int()),
});
type SavedAccount = z.infer<typeof SavedAccount>;

/** An account and its health. */
export type AccountState = Standing & {
  readonly sourceId: string;
  readonly accountId: string;
  readonly name: string;
  /** Of its latest event, as is `summary`, which says what to do. */
  readonly title: string;
  readonly summary: string;
  readonly owner: Owner | null;
  readonly simulated: boolean;
};

/** The saved accounts, as of entry `upTo`. */
export const SavedAccounts = z.object({ upTo: z.int(), accounts: z.array(SavedAccount) });
export type SavedAccounts = z.infer<typeof SavedAccounts>;

export type AccountChange =
  /** `closes`: it ended the condition, which is no news: the account was removed, or an older success came late. */
  | { readonly status: 'none'; readonly closes?: true }
  /** The account has a later event already. */
  | { readonly status: 'outdated' }
  /** An earlier entry reported the same occurrence; the account does not change. */
  | ({ readonly status: 'reported-before' } & Repetition)
  /** The event opened a condition. `AnnouncedChange` is on disk under this name. */
  | { readonly status: 'opened' }
  /** `failures` in a row, `since` (epoch ms) the first. */
  | { readonly status: 'still-failing'; readonly since: number; readonly failures: number }
  /** A temporary failure, not yet frequent enough for a condition. */
  | { readonly status: 'waiting'; readonly failures: number }
  /** `name`: the account's name in the failure. `failingSince` (epoch ms): null only where an older version saved it. */
  | { readonly status: 'recovered'; readonly name: string; readonly failingSince: number | null };

/** A change that can notify; saved until its notification was shown. */
export const AnnouncedChange = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({ status: z.literal('opened') }),
  z.object({
    status: z.literal('recovered'),
    name: z.string(),
    failingSince: z._default(z.nullable(z.int()), null),
  }),
]);
export type AnnouncedChange = z.infer<typeof AnnouncedChange>;

export type FailingAccount = Omit<AccountState, 'condition'> & {
  /** When the row of failures began, epoch ms. */
  readonly since: number;
  /** The entry that opened the condition. */
  readonly seq: number;
};

/** The health of accounts, derived from their entries. The order of arrival does not matter. */
export type Accounts = {
  /**
   * Applies an entry. One up to `upTo` changes no account; only its occurrence is remembered, because occurrences are not saved and the
   * newest entries are therefore applied again after a start.
   */
  readonly apply: (entry: TimelineEntry) => AccountChange;
  /** The sequence number of the last applied entry. */
  readonly upTo: number;
  /** Every account that is not removed, by the provider's name, in no order. */
  readonly list: () => readonly AccountState[];
  /** Accounts with an open condition, by the person's own names, newest first: at most 50 of each source (E7b). */
  readonly failing: readonly FailingAccount[];
  /** The number of failing accounts beyond these 50, of each source that has more. */
  readonly moreFailing: readonly { readonly sourceId: string; readonly accounts: number }[];
  /** Whether a condition of an account is open; false for one that is not known, and for those of simulated events. */
  readonly isFailing: (sourceId: string, accountId: string) => boolean;
  /** Removes the accounts of simulated events. */
  readonly removeSimulated: () => void;
  readonly save: () => SavedAccounts;
  readonly clear: () => void;
  /** Loads a saved state, unless it is ahead of the history. */
  readonly load: (saved: SavedAccounts, lastSeq: number) => void;
};

export type AccountsOptions = {
  /** The name that the person gave to an account; null without one. */
  readonly ownNameOf?: (sourceId: string, accountId: string) => string | null;
};

export const createAccounts = ({ ownNameOf = () => null }: AccountsOptions = {}): Accounts => {
  const accounts = createAccountBook<Booked>();
  const occurrences = createOccurrences();
  let upTo = 0;

  const nameOf = ({ sourceId, accountId, name }: AccountState): string =>
    ownNameOf(sourceId, accountId) ?? name;

  const apply = (entry: TimelineEntry): AccountChange => {
    const repetition = occurrences.apply(entry);
    if (entry.seq <= upTo) return unchanged;
    upTo = entry.seq;
    if (repetition) return { status: 'reported-before', ...repetition };
    const told = toldBy(entry);
    if (!told) return unchanged;
    const key = keyOf(told);
    const before = accounts.get(told.sourceId, key);
    const { saved, change } = applyTold(before, told);
    accounts.set(key, bookedOf(saved));
    return change.status === 'recovered' && before
      ? { ...change, name: nameOf(before.state) }
      : change;
  };

  return {
    apply,
    get upTo() {
      return upTo;
    },
    list: () => accounts.list().flatMap(({ state }) => (state.health === 'removed' ? [] : [state])),
    get failing() {
      return failingIn(accounts, nameOf);
    },
    get moreFailing() {
      return accounts
        .failing()
        .flatMap(({ sourceId, more }) => (more > 0 ? [{ sourceId, accounts: more }] : []));
    },
    isFailing: (sourceId, accountId) => {
      const key = keyOf({ sourceId, accountId, simulated: false });
      return accounts.get(sourceId, key)?.state.health === 'failing';
    },
    removeSimulated: () => {
      for (const { saved } of accounts.list())
        if (saved.simulated) accounts.delete(saved.sourceId, keyOf(saved));
    },
    save: () => ({ upTo, accounts: accounts.list().map(({ saved }) => saved) }),
    clear: () => {
      upTo = 0;
      accounts.clear();
      occurrences.clear();
    },
    load: (saved, lastSeq) => {
      if (saved.upTo > lastSeq) return;
      upTo = saved.upTo;
      for (const account of saved.accounts) accounts.set(keyOf(account), bookedOf(account));
    },
  };
};

const failingIn = (
  accounts: AccountBook<Booked>,
  nameOf: (account: AccountState) => string,
): FailingAccount[] =>
  accounts
    .failing()
    .flatMap(({ newest }) => newest)
    .flatMap(({ state }) => {
      const { condition, ...account } = state;
      return condition ? { ...account, ...condition, name: nameOf(state) } : [];
    })
    .sort((a, b) => b.since - a.since);

const unchanged = { status: 'none' } as const;
const closed = { status: 'none', closes: true } as const;

/** An account in the book: what is saved of it, and what that adds up to. */
type Booked = {
  readonly sourceId: string;
  readonly failures: number;
  readonly condition: Standing['condition'];
  readonly saved: SavedAccount;
  readonly state: AccountState;
};

const bookedOf = (saved: SavedAccount): Booked => {
  const { sourceId, accountId, name, title, summary, owner, simulated, syncedAt } = saved;
  const standing = standingOf(saved);
  const { failures, condition } = standing;
  const lastGoodAt = Math.max(standing.lastGoodAt ?? 0, syncedAt ?? 0) || null;
  return {
    sourceId,
    failures,
    condition,
    saved,
    state: { ...standing, lastGoodAt, sourceId, accountId, name, title, summary, owner, simulated },
  };
};

/** What an entry tells of its account. */
type Told = Omit<SavedAccount, keyof Reports | 'receivedAt'> & {
  readonly health: Exclude<Health, 'unchanged'>;
  readonly receivedAt: number;
  /** It was not admitted later or imported, so it is newer than all before it. */
  readonly isLive: boolean;
  readonly datedAt: number | null;
  readonly seq: number;
  readonly id: string;
};

const toldBy = (entry: TimelineEntry): Told | null => {
  if (entry.status !== 'event' || !entry.event.account) return null;
  const { sourceId, simulated, receivedAt, seq, id, event, cameAfter, importedAt } = entry;
  const { id: accountId, name, health, owner = null, syncedAt = null } = entry.event.account;
  if (health === 'unchanged') return null;
  const { title, summary, occurredAt: datedAt } = event;
  const isLive = cameAfter === undefined && importedAt === undefined;
  return {
    ...{ sourceId, accountId, simulated, name, title, summary, owner, syncedAt },
    ...{ health, receivedAt, isLive, datedAt, seq, id },
  };
};

const applyTold = (
  before: Booked | undefined,
  told: Told,
): { readonly saved: SavedAccount; readonly change: AccountChange } => {
  const known = before?.saved;
  // Our clock may go back: what comes by itself is not received before what came.
  const receivedAt = told.isLive
    ? Math.max(told.receivedAt, known?.receivedAt ?? told.receivedAt)
    : told.receivedAt;
  const report = reportOf(told, receivedAt);
  const reports = known ?? noReports;
  const latest = latestOf(reports);
  const isLatest = latest === null || compareReports(report, latest) > 0;
  const { good, folded, failures } = withReport(reports, report);
  const { sourceId, accountId, simulated } = told;
  const { name, title, summary, owner } = known && !isLatest ? known : told;
  const saved: SavedAccount = {
    ...{ sourceId, accountId, simulated, name, title, summary, owner, good, folded, failures },
    receivedAt: told.isLive ? receivedAt : (known?.receivedAt ?? null),
    syncedAt: latestOfTimes(known?.syncedAt ?? null, told.syncedAt, receivedAt),
  };
  return { saved, change: changeOf(before?.state, standingOf(saved), isLatest, told.health) };
};

const reportOf = ({ seq, id, health, datedAt }: Told, receivedAt: number): Report => ({
  seq,
  id,
  health,
  at: datedAt === null ? receivedAt : Math.min(datedAt, receivedAt),
  datedAt,
});

/** A time ahead of its receipt is not believed. */
const latestOfTimes = (
  known: number | null,
  told: number | null,
  receivedAt: number,
): number | null => (told === null || told > receivedAt ? known : Math.max(known ?? told, told));

const changeOf = (
  before: AccountState | undefined,
  after: Standing,
  isLatest: boolean,
  health: Told['health'],
): AccountChange => {
  const open = before?.condition ?? null;
  if (after.condition && !open) return { status: 'opened' };
  const closes = open !== null && after.condition === null;
  // Providers promise no order: what an old event opens or closes is no news of now.
  if (!isLatest) return closes ? closed : { status: 'outdated' };
  if (health === 'removed') return closes ? closed : unchanged;
  if (health === 'working')
    return open && before
      ? { status: 'recovered', name: before.name, failingSince: open.since }
      : unchanged;
  return open
    ? { status: 'still-failing', since: open.since, failures: after.failures }
    : { status: 'waiting', failures: after.failures };
};

/** Simulated and real events never share an account. */
const keyOf = ({
  sourceId,
  accountId,
  simulated,
}: Pick<AccountState, 'sourceId' | 'accountId' | 'simulated'>): string =>
  `${simulated ? 'simulated' : 'real'} ${sourceId} ${accountId}`;
