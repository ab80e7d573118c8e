import type { Page } from '../../shared/ipc.ts';

export type TimelineCommand =
  | 'next'
  | 'previous'
  | 'open'
  | 'unfold'
  | 'fold'
  | 'back'
  | 'toggle-seen'
  | 'archive'
  | 'pin'
  | 'choose'
  | 'choose-to'
  | 'undo'
  | 'rule'
  | 'deliver-again'
  | 'copy-curl'
  | 'first'
  | 'last'
  | 'page-up'
  | 'page-down';
export type WindowCommand = 'search' | 'map' | 'jump' | 'palette';

/** Pressed one after the other; named as `keyOf` names them. */
type Keys = { readonly keys: readonly [string, ...string[]] };
export type WindowShortcut = Keys & { readonly scope: 'window'; readonly control?: true } & (
    | { readonly does: 'go'; readonly page: Page }
    | { readonly does: WindowCommand }
  );
/** Counts on the whole page of the timeline, or only where its list has the focus. */
export type TimelineShortcut = Keys & {
  readonly scope: 'timeline' | 'list';
  readonly does: TimelineCommand;
};
type Shortcut = WindowShortcut | TimelineShortcut;

type Line = {
  readonly label: string;
  /** What only the keyboard map says. */
  readonly more?: string;
  readonly shortcuts: readonly Shortcut[];
};

const anywhere = (key: string, does: TimelineCommand): Shortcut => ({
  keys: [key],
  scope: 'timeline',
  does,
});
const inList = (key: string, does: TimelineCommand): Shortcut => ({
  keys: [key],
  scope: 'list',
  does,
});
const inWindow = (key: string, does: WindowCommand): Shortcut => ({
  keys: [key],
  scope: 'window',
  does,
});
const goTo = (page: Page, label: string, key: string): Line => ({
  label,
  shortcuts: [{ keys: ['g', key], scope: 'window', does: 'go', page }],
});

/** Every shortcut of the window, as the keyboard map shows them. Listeners, rail and hints read their keys here. */
export const keyTable: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: 'Timeline',
    lines: [
      { label: 'Next event', shortcuts: [anywhere('j', 'next'), inList('ArrowDown', 'next')] },
      {
        label: 'Previous event',
        shortcuts: [anywhere('k', 'previous'), inList('ArrowUp', 'previous')],
      },
      { label: 'Open; once more: into the detail', shortcuts: [inList('Enter', 'open')] },
      {
        label: 'Into a group of events, out of it',
        shortcuts: [inList('ArrowRight', 'unfold'), inList('ArrowLeft', 'fold')],
      },
      { label: 'Back', shortcuts: [anywhere('Escape', 'back')] },
      { label: 'Read or unread', shortcuts: [anywhere('u', 'toggle-seen')] },
      { label: 'Archive, or take it out', shortcuts: [anywhere('e', 'archive')] },
      { label: 'Pin, or unpin', shortcuts: [anywhere('p', 'pin')] },
      {
        label: 'Select one; all up to it',
        shortcuts: [anywhere('x', 'choose'), anywhere('X', 'choose-to')],
      },
      { label: 'Undo', shortcuts: [anywhere('z', 'undo')] },
      { label: 'Mute, or also tell me', shortcuts: [anywhere('m', 'rule')] },
      { label: 'Deliver again', shortcuts: [anywhere('r', 'deliver-again')] },
      { label: 'Copy as cURL', shortcuts: [anywhere('c', 'copy-curl')] },
      { label: 'First, last', shortcuts: [inList('Home', 'first'), inList('End', 'last')] },
      {
        label: 'A screen up, down',
        shortcuts: [inList('PageUp', 'page-up'), inList('PageDown', 'page-down')],
      },
    ],
  },
  {
    title: 'Go to',
    lines: [
      goTo('timeline', 'Timeline', 't'),
      goTo('accounts', 'Accounts', 'a'),
      goTo('runs', 'Runs', 'r'),
      goTo('sources', 'Sources', 's'),
      goTo('simulator', 'Simulator', 'm'),
      goTo('notifications', 'Notifications', 'n'),
      goTo('health', 'Health', 'h'),
      goTo('settings', 'Settings', 'c'),
      {
        label: 'Go to a day',
        shortcuts: [{ keys: ['g', 'd'], scope: 'window', does: 'jump' }],
      },
      {
        label: 'Search',
        more: 'Esc clears it, then leaves',
        shortcuts: [inWindow('/', 'search')],
      },
      {
        label: 'Find any command by its name',
        shortcuts: [{ keys: ['k'], control: true, scope: 'window', does: 'palette' }],
      },
      { label: 'Keyboard map', shortcuts: [inWindow('?', 'map')] },
    ],
  },
];

/** The usual key of other programs; the map does not show it. */
const customary: WindowShortcut = {
  keys: [','],
  control: true,
  scope: 'window',
  does: 'go',
  page: 'settings',
};

const shown = keyTable.flatMap(({ lines }) => lines.flatMap(({ shortcuts }) => shortcuts));

export const windowShortcuts: readonly WindowShortcut[] = [
  ...shown.filter((one) => one.scope === 'window'),
  customary,
];
export const timelineShortcuts: readonly TimelineShortcut[] = shown.filter(
  (one) => one.scope !== 'window',
);

/** The shortcut of two keys pressed one after the other, else that of the second alone. `before`: null where none was. */
export function windowShortcut(before: string | null, key: string): WindowShortcut | undefined {
  const plain = windowShortcuts.filter(({ control }) => !control);
  return (
    plain.find(({ keys: [first, second] }) => second === key && first === before) ??
    plain.find(({ keys: [only, second] }) => second === undefined && only === key)
  );
}

export const controlShortcut = (key: string): WindowShortcut | undefined =>
  windowShortcuts.find(({ control, keys }) => control && keys[0] === key);

export const beginsShortcut = (key: string): boolean =>
  windowShortcuts.some(({ keys: [first, second] }) => second !== undefined && first === key);

export const timelineCommand = (key: string, isInList: boolean): TimelineCommand | undefined =>
  timelineShortcuts.find(
    ({ keys: [only], scope }) => only === key && (isInList || scope === 'timeline'),
  )?.does;

const names: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowLeft: '←',
  Escape: 'Esc',
  X: 'Shift X',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

const controlName = globalThis.navigator?.platform.startsWith('Mac') ? '⌘' : 'Ctrl';

/** The keys of a shortcut, by their names on screen. */
export const keyNames = (shortcut: Shortcut): string[] => [
  ...('control' in shortcut && shortcut.control ? [controlName] : []),
  ...shortcut.keys
    .map((key) => names[key] ?? key)
    .map((name) => ('control' in shortcut ? name.toUpperCase() : name)),
];

/** The keys of a command, by their names on screen. */
export const keyFor = (command: TimelineCommand | WindowCommand): string => {
  const shortcut = shown.find(({ does }) => does === command);
  return shortcut ? keyNames(shortcut).join(' ') : '';
};

/** What the keyboard map calls a command; every other place calls it so too. */
export const labelOf = (command: TimelineCommand | WindowCommand): string =>
  keyTable
    .flatMap(({ lines }) => lines)
    .find(({ shortcuts }) => shortcuts.some(({ does }) => does === command))?.label ?? '';

/** The pages as the keyboard map calls them, in its order. */
export const namedPages: readonly { readonly page: Page; readonly label: string }[] = keyTable
  .flatMap(({ lines }) => lines)
  .flatMap(({ label, shortcuts }) =>
    shortcuts.flatMap((one) => (one.does === 'go' ? [{ page: one.page, label }] : [])),
  );

export const keysTo = (page: Page): string =>
  windowShortcuts.find((one) => one.does === 'go' && one.page === page)?.keys.join(' ') ?? '';
