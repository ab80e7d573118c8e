import * as z from 'zod/mini';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { lastArrivalOf, noRhythm, Rhythm, withArrival } from './rhythm.ts';

const AccountRhythm = z.extend(Rhythm, {
  /** The account's id. */
  id: z.string(),
  /** In its last event. */
  name: z.string(),
  /** When the provider last removed the account, epoch ms. */
  removedAt: z.optional(z.int()),
});
export type AccountRhythm = z.infer<typeof AccountRhythm>;

/** The saved rhythms, as of entry `upTo`. */
export const SavedRhythms = z.object({
  upTo: z.int(),
  sources: z.array(
    z.object({ sourceId: z.string(), rhythm: Rhythm, accounts: z.array(AccountRhythm) }),
  ),
});
export type SavedRhythms = z.infer<typeof SavedRhythms>;

/** As many as the accounts whose health is known: an attacker who invents accounts of one source removes none of another. */
const mostAccounts = 2500;

/** The rhythm of each source, and of its accounts. Simulated entries and duplicates have none. */
export type Rhythms = {
  /** Counts an entry. One up to `upTo` changes nothing. */
  readonly apply: (entry: TimelineEntry) => void;
  /** The sequence number of the last applied entry. */
  readonly upTo: number;
  readonly of: (sourceId: string) => Rhythm;
  /** Accounts that the provider did not remove. */
  readonly accountsOf: (sourceId: string) => readonly AccountRhythm[];
  readonly save: () => SavedRhythms;
  /** Replaces all of them. */
  readonly load: (saved: SavedRhythms) => void;
};

type SourceRhythm = { rhythm: Rhythm; readonly accounts: Map<string, AccountRhythm> };

export const createRhythms = (): Rhythms => {
  const bySource = new Map<string, SourceRhythm>();
  let upTo = 0;

  const pageOf = (sourceId: string): SourceRhythm => {
    const known = bySource.get(sourceId);
    if (known) return known;
    const page: SourceRhythm = { rhythm: noRhythm, accounts: new Map() };
    bySource.set(sourceId, page);
    return page;
  };

  return {
    apply: (entry) => {
      if (entry.seq <= upTo) return;
      upTo = entry.seq;
      if (entry.simulated) return;
      const page = pageOf(entry.sourceId);
      page.rhythm = withArrival(page.rhythm, entry.receivedAt, entry.importedAt);
      applyToAccount(page.accounts, entry);
    },
    get upTo() {
      return upTo;
    },
    of: (sourceId) => bySource.get(sourceId)?.rhythm ?? noRhythm,
    accountsOf: (sourceId) =>
      [...(bySource.get(sourceId)?.accounts.values() ?? [])].filter(
        (account) => !isRemoved(account),
      ),
    save: () => ({
      upTo,
      sources: [...bySource].map(([sourceId, { rhythm, accounts }]) => ({
        sourceId,
        rhythm,
        accounts: [...accounts.values()],
      })),
    }),
    load: (saved) => {
      upTo = saved.upTo;
      bySource.clear();
      for (const { sourceId, rhythm, accounts } of saved.sources)
        bySource.set(sourceId, {
          rhythm,
          accounts: new Map(accounts.map((account) => [account.id, account])),
        });
    },
  };
};

/** The account that is heard of again goes to the end; beyond the limit, the one at the front is forgotten. */
const applyToAccount = (accounts: Map<string, AccountRhythm>, entry: TimelineEntry): void => {
  if (entry.status !== 'event' || !entry.event.account) return;
  const { id, name, health } = entry.event.account;
  const known = accounts.get(id);
  const isNewest = entry.receivedAt >= (known ? (lastArrivalOf(known) ?? 0) : 0);
  const removals = [known?.removedAt, health === 'removed' ? entry.receivedAt : undefined].filter(
    (at) => at !== undefined,
  );
  accounts.delete(id);
  accounts.set(id, {
    ...withArrival(known ?? noRhythm, entry.receivedAt, entry.importedAt),
    id,
    name: known && !isNewest ? known.name : name,
    ...(removals.length > 0 ? { removedAt: Math.max(...removals) } : {}),
  });
  if (accounts.size <= mostAccounts) return;
  const [longestUnheard] = accounts.keys();
  if (longestUnheard !== undefined) accounts.delete(longestUnheard);
};

const isRemoved = (account: AccountRhythm): boolean =>
  account.removedAt !== undefined && account.removedAt >= (lastArrivalOf(account) ?? 0);
