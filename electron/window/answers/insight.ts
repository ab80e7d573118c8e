import type { Answers } from '../../../shared/ipc.ts';
import type { Gaps } from '../../insight/gaps.ts';
import { cleanName, withNames } from '../../setup/own-names.ts';
import type { SettingsStore, StoredName } from '../../setup/settings.ts';
import { accountList, type InsightViewOptions, runList } from '../insight-views.ts';
import type { Settle } from './settle.ts';

export type InsightAnswerOptions = InsightViewOptions & {
  readonly settings: SettingsStore;
  readonly gaps: Pick<Gaps, 'list'>;
  readonly settle: Settle;
  /** Epoch ms. */
  readonly now: () => number;
};

type InsightAnswers = Pick<Answers, 'accounts' | 'runs' | 'ownNames' | 'nameAccount' | 'nameOwner'>;

/** Answers about accounts and runs, and the names that the person gives. */
export const createInsightAnswers = (options: InsightAnswerOptions): InsightAnswers => {
  const { settings, gaps, settle, now } = options;

  const give = (name: StoredName) =>
    settle(() =>
      settings.change({ ownNames: withNames(settings.current.ownNames, [cleanName(name)]) }),
    );

  return {
    accounts: () => accountList(options),
    runs: () => runList(options, now(), gaps.list()),
    ownNames: () =>
      settings.current.ownNames.flatMap(({ of, sourceId, id, name }) =>
        of === 'account' ? [{ sourceId, accountId: id, name }] : [],
      ),
    nameAccount: ({ sourceId, accountId: id, name }) =>
      give({ of: 'account', sourceId, id, name: name ?? '' }),
    nameOwner: ({ sourceId, ownerId: id, name }) =>
      give({ of: 'owner', sourceId, id, name: name ?? '' }),
  };
};
