import type { Kept } from '../history/kept.ts';
import type { Telling } from '../history/small-store.ts';
import type { Later } from '../later.ts';
import type { Edges } from '../world.ts';
import { createAccounts } from './accounts.ts';
import { createEndpointWatch } from './endpoints.ts';
import { type Announcer, openKeptAccounts } from './kept-accounts.ts';
import { openKeptEndpoints } from './kept-endpoints.ts';

export type InsightOptions = Telling & {
  readonly folders: Pick<Edges['folders'], 'settings' | 'history'>;
  readonly kept: Pick<Kept, 'history' | 'quarantine' | 'tally'>;
  readonly later: Later;
  readonly announcer: () => Announcer;
};

/** The state derived from all deliveries: the health of accounts, and what reached each endpoint. */
export const openInsight = ({ folders, kept, later, announcer, ...telling }: InsightOptions) => {
  const { history, quarantine, tally } = kept;
  const accounts = createAccounts();
  const watch = createEndpointWatch({
    onTurned: () => endpoints.saveSoon(),
    onForgiven: () => endpoints.save(),
  });
  const keptAccounts = openKeptAccounts({
    ...{ accounts, folder: folders.history, history, announcer, ...telling },
  });
  const endpoints = openKeptEndpoints({
    ...{ watch, later, folder: folders.settings, history, quarantine, ...telling },
  });

  return {
    accounts,
    watch,
    /** Settles when all is known that came before this start. Idempotent; where it rejects with the system's error, another call is another try. */
    restored: async (): Promise<void> => {
      await keptAccounts.restored();
      await endpoints.restored();
      await tally.restored();
    },
    rebuild: keptAccounts.rebuild,
    save: (): void => {
      keptAccounts.save();
      endpoints.save();
    },
  };
};
