import type { AppState } from '../../shared/app-state.ts';
import { sentence } from '../../shared/english.ts';
import type { Page } from '../../shared/ipc.ts';
import { type Names, namesOf, titleOf } from '../../shared/matching.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { providers } from '../providers/index.ts';
import { cutTo } from '../text.ts';
import type { TrayAction, TrayItem, TrayMenu } from '../world.ts';
import { ageOf } from './age.ts';
import { type TrayNeed, trayNeeds } from './tray-needs.ts';

/** Notifications wait. `until` is epoch ms; null without an end. */
export type TrayHold = {
  readonly why: 'paused' | 'quiet-hours';
  readonly until: number | null;
};

export type TrayState = {
  readonly state: AppState;
  /** The newest entries, newest first. */
  readonly recent: readonly TimelineEntry[];
  /** Null: nothing holds notifications back. Undefined: this Hookbell cannot pause. */
  readonly hold?: TrayHold | null;
  /** For the ages, epoch ms. */
  readonly now: number;
};

const labelLength = 60;
const mostNeeds = 6;

const line: TrayItem = { kind: 'line' };
const action = (label: string, does: TrayAction): TrayItem => ({
  kind: 'action',
  label: cutTo(label, labelLength),
  does,
});
const toPage = (label: string, page: Page): TrayItem =>
  action(label, { does: 'open', opening: { what: 'page', page } });

/** The tray as data: equal descriptions look and act alike, so that only a different one is shown. */
export const trayMenu = (tray: TrayState): TrayMenu => {
  const { state, hold } = tray;
  const needs = trayNeeds(state);
  const status = statusOf(state, needs.length);
  const held = hold ? ` · ${statusOfHold(hold)}` : '';
  return {
    icon: iconOf(tray, needs.length),
    tooltip: `Hookbell: ${status}${held}${state.unseen > 0 ? ` · ${state.unseen} unread` : ''}`,
    unseen: state.unseen,
    items: [
      toPage(status, 'health'),
      ...needItems(needs),
      line,
      ...recentItems(tray),
      ...(state.unseen > 0
        ? [action(`Mark all as read (${state.unseen})`, { does: 'mark-all-read' })]
        : []),
      line,
      ...(hold === undefined ? [] : pauseItems(hold)),
      ...urlItems(state),
      ...(hold === undefined && state.sources.length === 0 ? [] : [line]),
      action('Open Hookbell', { does: 'open', opening: null }),
      toPage('Health', 'health'),
      toPage('Settings', 'settings'),
      action(quitWords(state), { does: 'quit' }),
    ],
  };
};

/** What needs the person comes before what they chose, and that before what is new. */
const iconOf = ({ state, hold }: TrayState, needs: number): TrayMenu['icon'] => {
  if (state.pipe.status === 'offline') return 'offline';
  if (needs > 0) return 'attention';
  if (hold?.why === 'paused') return 'paused';
  return state.unseen > 0 ? 'unseen' : 'ok';
};

const statusOf = (state: AppState, needs: number): string =>
  [pipeWords(state), ...(needs > 0 ? [`${needs} need${needs === 1 ? 's' : ''} you`] : [])].join(
    ' · ',
  );

/** Beside the state of the receiver, which a pause leaves as it is. */
const statusOfHold = (hold: TrayHold): string =>
  hold.why === 'paused' ? `Notifications ${holdWords(hold)}` : sentence(holdWords(hold));

const holdWords = ({ why, until }: TrayHold): string => {
  const what = why === 'paused' ? 'paused' : 'quiet hours';
  return until === null ? what : `${what} until ${clock.format(until)}`;
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const pipeWords = ({ pipe }: AppState): string => {
  switch (pipe.status) {
    case 'connecting':
      return 'Connecting';
    case 'local-only':
      return `Local only, port ${pipe.port}`;
    case 'receiving':
      return `Receiving, ${new URL(pipe.url).host}`;
    case 'degraded':
      return `Degraded: ${pipe.why.title}`;
    case 'offline':
      return `Offline: ${pipe.why.title}`;
  }
};

/** Gravest first; those beyond the first few are in the window. */
const needItems = (needs: readonly TrayNeed[]): TrayItem[] => {
  const shown = needs.length > mostNeeds ? needs.slice(0, mostNeeds - 1) : needs;
  const more = needs.length - shown.length;
  return [
    ...shown.map(({ label, opening }) => action(label, { does: 'open', opening })),
    ...(more > 0 ? [toPage(`${more} more need you`, 'timeline')] : []),
  ];
};

const recentItems = ({ state, recent, now }: TrayState): TrayItem[] => {
  if (recent.length === 0) return [{ kind: 'text', label: 'No events yet' }];
  const names: Names = { sources: state.sources, providers: [...providers.values()] };
  return recent.map((entry) => {
    const { source, provider } = namesOf(entry, names);
    const test = entry.simulated ? ' · simulated' : '';
    const rest = `${test} · ${cutTo(source, 20)} · ${ageOf(entry.receivedAt, now).words}`;
    const title = cutTo(titleOf(entry, provider), labelLength - rest.length);
    return {
      kind: 'action',
      label: `${title}${rest}`,
      does: { does: 'open', opening: { what: 'entry', seq: entry.seq } },
    };
  });
};

/** When an age in the menu is another, epoch ms; null without events. */
export const agesChangeAt = ({ recent, now }: Pick<TrayState, 'recent' | 'now'>): number | null =>
  recent.length === 0
    ? null
    : Math.min(...recent.map(({ receivedAt }) => ageOf(receivedAt, now).changesAt));

const pauseItems = (hold: TrayHold | null): TrayItem[] =>
  hold?.why === 'paused'
    ? [action(`Resume notifications (${holdWords(hold)})`, { does: 'resume' })]
    : [
        ...(hold ? [toPage(statusOfHold(hold), 'notifications')] : []),
        {
          kind: 'menu',
          label: 'Pause notifications',
          items: [
            action('For 1 hour', { does: 'pause', until: '1h' }),
            action('Until 8:00', { does: 'pause', until: 'morning' }),
            action('Until I resume', { does: 'pause', until: 'resumed' }),
          ],
        },
      ];

/** Only a URL through which a request came back is called public. */
const urlItems = (state: AppState): TrayItem[] => {
  const { sources } = state;
  const copies = sources.map((source) => ({ ...source, what: urlKind(state, source) }));
  if (sources.length <= 2)
    return copies.map(({ id, name, what, locked }) =>
      locked
        ? { kind: 'text', label: cutTo(`The URL of ${name} is locked`, labelLength) }
        : action(`Copy ${what} of ${name}`, { does: 'copy-endpoint', sourceId: id }),
    );
  const [first] = copies;
  const label = copies.every(({ what }) => what === first?.what) ? first?.what : 'URL';
  return [
    {
      kind: 'menu',
      label: `Copy ${label}`,
      items: copies.map(({ id, name, what, locked }) =>
        locked
          ? { kind: 'text', label: cutTo(`${name} is locked`, labelLength) }
          : action(what === label ? name : `${name} (${what})`, {
              does: 'copy-endpoint',
              sourceId: id,
            }),
      ),
    },
  ];
};

const urlKind = (
  { pipe }: AppState,
  { maskedEndpoint }: AppState['sources'][number],
): 'public URL' | 'local URL' | 'URL' => {
  if (maskedEndpoint.startsWith('http://127.0.0.1:')) return 'local URL';
  const isProven = pipe.status === 'receiving' && maskedEndpoint.startsWith(pipe.url);
  return isProven ? 'public URL' : 'URL';
};

const quitWords = ({ transfer }: AppState): string => {
  if (transfer === null) return 'Quit (stops receiving)';
  return transfer.what === 'import'
    ? 'Quit (stops receiving and the import)'
    : 'Quit (stops receiving and the export)';
};
