import type { Folder } from '../history/folder.ts';
import type { History } from '../history/history.ts';
import { openSmallStore, type Telling, tellFound } from '../history/small-store.ts';
import { type Accounts, SavedAccounts } from './accounts.ts';

export type KeptAccountsOptions = Telling & {
  readonly folder: Folder;
  readonly history: Pick<History, 'readOnly' | 'lastSeq' | 'oldestFirst'>;
};

/** Brings the accounts to where the history is, from what was saved of them and what came since. Settles with how to save them. */
export const restoreAccounts = async (
  accounts: Accounts,
  { folder, history, ...telling }: KeptAccountsOptions,
): Promise<() => void> => {
  const store = openSmallStore({
    ...{ folder, name: 'accounts', readOnly: history.readOnly },
    parse: (value: unknown) => SavedAccounts.parse(value),
  });
  const found = store.read();
  tellFound(found, 'accounts.json was damaged and has been rebuilt', telling);
  if (found.status === 'fine') accounts.load(found.value, history.lastSeq);
  for await (const { entry } of history.oldestFirst(accounts.upTo + 1)) accounts.apply(entry);

  return () => {
    try {
      store.write(accounts.save());
    } catch {
      // The next start makes them anew from where the saved ones end.
    }
  };
};
