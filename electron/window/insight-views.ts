import type { AccountView } from '../../shared/account.ts';
import type { Gap } from '../../shared/gap.ts';
import type { Run, StageDurations } from '../../shared/run.ts';
import type { AccountState } from '../insight/accounts.ts';
import type { Insight } from '../insight/insight.ts';
import type { Sources } from '../setup/sources.ts';

export type InsightViewOptions = {
  readonly insight: Pick<Insight, 'accounts' | 'runs' | 'names'>;
  readonly sources: Pick<Sources, 'find'>;
};

const mostAccounts = 500;
const mostRuns = 200;
const mostCharts = 40;

export type AccountList = { readonly accounts: AccountView[]; readonly more: number };
export type RunList = {
  readonly runs: Run[];
  readonly durations: StageDurations[];
  readonly more: number;
};

/** The accounts of the sources that are set up, worst first: at most 500, and the number of others. */
export const accountList = ({ insight, sources }: InsightViewOptions): AccountList => {
  const all = insight.accounts
    .list()
    .filter(({ sourceId }) => sources.find(sourceId) !== undefined)
    .sort(worstFirst);
  return {
    accounts: all.slice(0, mostAccounts).map((account) => accountView(account, insight)),
    more: Math.max(0, all.length - mostAccounts),
  };
};

const places = { failing: 0, waiting: 1, working: 2, removed: 3 } as const satisfies Record<
  AccountState['health'],
  number
>;

/** What fails for longest, then what has been well for longest without a word. */
const worstFirst = (a: AccountState, b: AccountState): number =>
  places[a.health] - places[b.health] ||
  (a.failingSince ?? 0) - (b.failingSince ?? 0) ||
  (a.lastGoodAt ?? 0) - (b.lastGoodAt ?? 0) ||
  (a.name < b.name ? -1 : 1);

const accountView = (
  account: AccountState,
  { runs, names }: InsightViewOptions['insight'],
): AccountView => {
  const { sourceId, accountId: id, owner, health, condition, simulated, lastGoodAt } = account;
  const { name, failingSince, failures, title, summary } = account;
  const gainsAt = owner && runs.gainsAt({ sourceId, userId: owner.id, simulated });
  return {
    ...{ sourceId, id, name, failingSince, failures, title, summary, simulated, lastGoodAt },
    ownName: names.of({ of: 'account', sourceId, id }),
    owner: owner && { ...owner, ownName: names.of({ of: 'owner', sourceId, id: owner.id }) },
    health: health === 'removed' ? 'working' : health,
    seq: condition?.seq ?? null,
    gainsStale: gainsAt !== null && lastGoodAt !== null && lastGoodAt > gainsAt,
  };
};

/** The runs of the sources that are set up: those that go on first, at most 200, and the number of others. */
export const runList = (
  { insight, sources }: InsightViewOptions,
  now: number,
  gaps: readonly Gap[],
): RunList => {
  const isHere = ({ sourceId }: { readonly sourceId: string }) =>
    sources.find(sourceId) !== undefined;
  const nameOf = userNames(insight);
  const named = <T extends { readonly sourceId: string; readonly userId: string }>(one: T) => ({
    ...one,
    user: nameOf(one.sourceId, one.userId),
  });
  const all = insight.runs.list(now, gaps).filter(isHere);
  return {
    runs: all.slice(0, mostRuns).map(named),
    durations: insight.runs.durations().filter(isHere).slice(0, mostCharts).map(named),
    more: Math.max(0, all.length - mostRuns),
  };
};

/** The names of users for the window, where also an e-mail address may stand. */
const userNames = ({ accounts, names }: InsightViewOptions['insight']) => {
  const known = new Map<string, string | null>();
  for (const { sourceId, owner } of accounts.list())
    if (owner && owner.name !== null) known.set(JSON.stringify([sourceId, owner.id]), owner.name);
  return (sourceId: string, userId: string): string | null =>
    names.of({ of: 'owner', sourceId, id: userId }) ??
    known.get(JSON.stringify([sourceId, userId])) ??
    null;
};
