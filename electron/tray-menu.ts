import type { AppState } from '../shared/app-state.ts';
import type { Opening } from '../shared/ipc.ts';
import { titleOf } from '../shared/matching.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import { providers } from './providers/index.ts';
import { stories } from './simulate/stories.ts';
import { cutTo } from './text.ts';

export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly run: () => void }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

/** The tray's icon, tooltip and menu: the whole state in text, for those who see no icon. */
export type TrayMenu = {
  readonly icon: 'ok' | 'attention' | 'unseen' | 'offline';
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
};

export type TrayActions = {
  readonly open: (opening: Opening | null) => void;
  readonly copyEndpoint: (sourceId: string) => void;
  readonly play: (story: string) => void;
  readonly quit: () => void;
};

const line: TrayItem = { kind: 'line' };
const labelLength = 60;

/** Codes that tell of something to know rather than to do. */
const isNeed = ({ code }: AppState['problems'][number]) => code !== 'keyring-missing';

export const trayMenu = (
  state: AppState,
  recent: readonly TimelineEntry[],
  actions: TrayActions,
): TrayMenu => {
  const needs = state.problems.filter(isNeed).length;
  const status = `${pipeWords(state)}${needs > 0 ? ` · ${needs} need${needs === 1 ? 's' : ''} you` : ''}`;
  return {
    icon: iconOf(state, needs),
    tooltip: `Hookbell: ${status}${state.unseen > 0 ? ` · ${state.unseen} unread` : ''}`,
    items: [
      { kind: 'text', label: status },
      { kind: 'action', label: 'Open Hookbell', run: () => actions.open(null) },
      line,
      ...recentItems(recent, actions),
      line,
      ...state.sources.map(
        ({ id, name }): TrayItem => ({
          kind: 'action',
          label: cutTo(`Copy URL for ${name}`, labelLength),
          run: () => actions.copyEndpoint(id),
        }),
      ),
      { kind: 'menu', label: 'Send a test', items: testItems(state, actions) },
      line,
      {
        kind: 'action',
        label: 'Settings',
        run: () => actions.open({ what: 'page', page: 'settings' }),
      },
      { kind: 'action', label: 'Quit (stops receiving)', run: actions.quit },
    ],
  };
};

const iconOf = ({ pipe, unseen }: AppState, needs: number): TrayMenu['icon'] => {
  if (pipe.status === 'offline') return 'offline';
  if (needs > 0) return 'attention';
  return unseen > 0 ? 'unseen' : 'ok';
};

const pipeWords = ({ pipe }: AppState): string => {
  switch (pipe.status) {
    case 'connecting':
      return 'Connecting';
    case 'local-only':
      return `Local only, port ${pipe.port}`;
    case 'receiving':
      return `Receiving, ${pipe.host}`;
    case 'degraded':
      return `Degraded: ${pipe.why.title}`;
    case 'offline':
      return `Offline: ${pipe.why.title}`;
  }
};

const nameOf = (provider: string): string => providers.get(provider)?.name ?? provider;

const recentItems = (recent: readonly TimelineEntry[], { open }: TrayActions): TrayItem[] => {
  if (recent.length === 0) return [{ kind: 'text', label: 'No events yet' }];
  return recent.map((entry) => ({
    kind: 'action',
    label: cutTo(titleOf(entry, nameOf(entry.provider)), labelLength),
    run: () => open({ what: 'entry', seq: entry.seq }),
  }));
};

const testItems = ({ sources }: AppState, { play, open }: TrayActions): TrayItem[] => {
  if (sources.length === 0) return [{ kind: 'text', label: 'Add a source first' }];
  return [
    ...[...stories.values()].map(
      ({ id, label }): TrayItem => ({ kind: 'action', label, run: () => play(id) }),
    ),
    { kind: 'action', label: 'One event…', run: () => open({ what: 'page', page: 'simulator' }) },
  ];
};
