import type { AccountView } from '../../shared/account.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Condition } from '../../shared/condition.ts';
import { kindOf, neededOnes } from '../../shared/conditions/conditions.ts';
import type { Page } from '../../shared/ipc.ts';
import { titleOf } from '../../shared/matching.ts';
import { tokenOf } from '../../shared/query.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { accountName } from '../accounts/groups.ts';
import { act } from '../conditions/act.ts';
import { nameIn } from '../conditions/condition-words.ts';
import { addSource, goTo, openPlace, openSource, showSearches } from '../navigation.ts';
import { run } from '../shell/use-window-shortcuts.ts';
import { ask } from '../state.ts';
import { rowTime } from '../time.ts';
import { actionsOf } from '../timeline/event-actions.ts';
import { eventCommands } from '../timeline/event-commands.ts';
import { indexOf } from '../timeline/rows.ts';
import { timeline } from '../timeline/timeline.ts';
import { sendTest } from '../trial/trial.ts';
import { announce } from '../ui/announcer.ts';
import { keyFor, keysTo, labelOf, namedPages } from '../ui/key-table.ts';
import { pauseChoices } from '../words/holds.ts';
import { whyNot } from '../words/problems.ts';
import type { Rankable } from './rank.ts';

export type Item = Rankable & {
  readonly hint?: string;
  readonly keys?: string;
  readonly does: () => unknown;
};

const commands = 'Commands';

const tell = (change: Parameters<typeof whyNot>[0], done: string): void => {
  void whyNot(change).then((failure) => announce(failure ?? done));
};

/** What can be done with the event that is selected on the page. */
const eventItems = (page: Page): Item[] => {
  if (page !== 'timeline') return [];
  const { rows, selected } = timeline.view.get();
  const entry = selected === null ? null : rows[indexOf(rows, selected)]?.entry;
  return (entry ? actionsOf(entry) : []).map((action) => ({
    ...action,
    id: `event ${action.words}`,
    heading: 'This event',
  }));
};

const windowItem = (does: 'search' | 'jump' | 'map'): Item => ({
  id: does,
  heading: commands,
  words: labelOf(does),
  keys: keyFor(does),
  does: () => run({ keys: [''], scope: 'window', does }),
});

const commandItems = ({ hold }: AppState): Item[] => [
  windowItem('search'),
  windowItem('jump'),
  {
    id: 'undo',
    heading: commands,
    words: labelOf('undo'),
    keys: keyFor('undo'),
    does: eventCommands.undo,
  },
  {
    id: 'searches',
    heading: commands,
    words: 'Saved searches',
    does: () => {
      goTo('timeline');
      showSearches(true);
    },
  },
  { id: 'add', heading: commands, words: 'Add a source', does: addSource },
  ...(hold?.why === 'paused'
    ? [
        {
          id: 'resume',
          heading: commands,
          words: 'Resume notifications',
          does: () => tell(ask('resume', undefined), 'Notifications are on again'),
        },
      ]
    : []),
  ...pauseChoices.map(({ length, words }) => ({
    id: `pause ${length}`,
    heading: commands,
    words: `Pause notifications: ${words.toLowerCase().replace(' i ', ' I ')}`,
    does: () => tell(ask('pause', { until: length }), 'Notifications are paused'),
  })),
  ...(['system', 'light', 'dark'] as const).map((theme) => ({
    id: `theme ${theme}`,
    heading: commands,
    words: `Theme: ${theme}`,
    does: () => tell(ask('changePreferences', { theme }), `The theme is ${theme} now`),
  })),
  windowItem('map'),
];

const pageItems = (): Item[] =>
  namedPages.map(({ page, label }) => ({
    id: `page ${page}`,
    heading: 'Pages',
    words: label,
    keys: keysTo(page),
    does: () => goTo(page),
  }));

const conditionItem = ({ id, reason }: Condition, app: AppState): Item => {
  const { title } = kindOf(reason).words(reason, nameIn(app.sources));
  const remedy = kindOf(reason)
    .remedies(reason)
    .find((one) => one && one.does !== 'nothing' && one.does !== 'open-place');
  const isDoable = remedy && remedy.does !== 'nothing' && remedy.does !== 'open-place';
  return {
    id: `condition ${id}`,
    heading: 'Needs you',
    words: title,
    also: isDoable ? [remedy.verb] : [],
    hint: isDoable ? remedy.verb : 'Show it',
    does: () => (isDoable ? act(remedy) : openPlace({ what: 'condition', id })),
  };
};

const copyUrl = async ({ id, name }: Source): Promise<void> => {
  const isCopied = await ask('copyEndpoint', { id });
  announce(isCopied ? `The URL of ${name} is copied` : `${name} has no URL to copy now`);
};

const sourceItems = (source: Source, provider: ProviderInfo | undefined): Item[] => {
  const { id, name } = source;
  const item = (does: string, words: string, what: () => unknown): Item => ({
    id: `${does} ${id}`,
    heading: 'Sources',
    words: `${name}: ${words}`,
    // "Copy the URL of …" is as good a way to say it.
    also: [`${words} ${name} ${provider?.name ?? ''}`],
    does: what,
  });
  return [
    item('change', 'change', () => openSource({ id, what: 'edit' })),
    item('copy', 'copy the URL', () => copyUrl(source)),
    item('test', 'send a test', () => sendTest(id)),
  ];
};

const accountItem = (account: AccountView, { sources }: AppState): Item => ({
  id: `account ${account.sourceId} ${account.id}`,
  heading: 'Accounts',
  words: accountName(account),
  also: [account.name, account.owner?.ownName ?? ''].filter(Boolean),
  hint: nameIn(sources)(account.sourceId),
  does: () => {
    goTo('timeline');
    timeline.showFound(tokenOf('account', account.id));
  },
});

export type Listed = {
  readonly app: AppState;
  readonly page: Page;
  readonly providers: readonly ProviderInfo[];
  readonly accounts: readonly AccountView[];
};

/** All that the palette can do, but the events, in the order in which it is shown where nothing is typed. */
export const itemsOf = ({ app, page, providers, accounts }: Listed): Item[] => [
  ...eventItems(page),
  ...neededOnes(app.conditions).map((condition) => conditionItem(condition, app)),
  ...commandItems(app),
  ...pageItems(),
  ...app.sources.flatMap((source) =>
    sourceItems(
      source,
      providers.find(({ id }) => id === source.provider),
    ),
  ),
  ...accounts.map((account) => accountItem(account, app)),
];

/** An event that a search found. */
export const entryItem = (
  entry: TimelineEntry,
  providers: readonly ProviderInfo[],
  now: number,
): Item => ({
  id: `entry ${entry.seq}`,
  heading: 'Events',
  words: titleOf(entry, providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider),
  hint: rowTime(entry.receivedAt, now),
  does: () => openPlace({ what: 'entry', seq: entry.seq }),
});
