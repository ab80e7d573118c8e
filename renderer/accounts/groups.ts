import type { AccountView, OwnerView } from '../../shared/account.ts';

/** The accounts of one user, workspace or grant of a source. */
export type AccountGroup = {
  key: string;
  sourceId: string;
  owner: OwnerView | null;
  accounts: AccountView[];
};

/** The name on screen: the person's own, else the provider's. */
export const accountName = ({ ownName, name }: AccountView): string => ownName ?? name;

export const ownerName = ({ ownName, name, id }: OwnerView): string =>
  ownName ?? name ?? `User ${id.length > 12 ? `${id.slice(0, 8)}…` : id}`;

/** Groups by owner; the group with the worst account is first. */
export function groupsOf(accounts: readonly AccountView[]): AccountGroup[] {
  const groups = new Map<string, AccountGroup>();
  for (const account of accounts) {
    const { sourceId, owner } = account;
    const key = JSON.stringify([sourceId, owner?.id ?? null]);
    const group = groups.get(key) ?? { key, sourceId, owner, accounts: [] };
    group.accounts.push(account);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Whether an account, its owner or its source is called so, or begins its id so. */
export function isCalled(account: AccountView, sourceName: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  const { name, ownName, owner, id } = account;
  const names = [name, ownName, owner && ownerName(owner), sourceName, id];
  return names.some((one) => one?.toLowerCase().includes(wanted) ?? false);
}
