import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type TrayState, trayMenu } from '../../electron/window/tray-menu.ts';
import type { TrayAction, TrayItem } from '../../electron/world.ts';
import type { AppState } from '../../shared/app-state.ts';
import type { Condition } from '../../shared/condition.ts';
import type { Pipe } from '../../shared/pipe.ts';
import { entryOf, hour, minute, noon } from '../renderer/entries.ts';
import { openInMemory } from '../support/memory.ts';

const { app } = await (async () => {
  await using running = await openInMemory();
  return { app: await running.ask('state', undefined) };
})();

const reason = { code: 'unreachable', title: 'No network', remedy: 'Is it online?' } as const;
const receiving: Pipe = {
  status: 'receiving',
  port: 4747,
  url: 'https://me.ngrok-free.app',
  checkedAt: noon,
  by: 'probe',
};
const quiet: AppState = { ...app, pipe: receiving, conditions: [], sources: [], unseen: 0 };

const source = (name: string, more: Partial<AppState['sources'][number]> = {}) => ({
  ...{ id: name.toLowerCase(), provider: 'kryptos', name, clientId: null, allowedAddresses: null },
  ...{ linkTemplate: null, secretCount: 1, locked: false, lastDelivery: null },
  ...{ accepted: 0, rejected: 0, tests: 0, rhythm: { status: 'learning' as const } },
  ...{ lastAcceptedAt: null, lastTestAt: null, days: [] },
  maskedEndpoint: 'https://me.ngrok-free.app/hooks/kryptos/abcd…',
  ...more,
});

const menuOf = (state: Partial<AppState>, more: Partial<Omit<TrayState, 'state'>> = {}) =>
  trayMenu({ state: { ...quiet, ...state }, recent: [], now: noon, ...more });

/** Labels as a person reads them, what is in a submenu behind an arrow. */
const labels = (items: readonly TrayItem[]): string[] =>
  items.flatMap((item) => {
    if (item.kind === 'line') return ['—'];
    return item.kind === 'menu'
      ? [item.label, ...labels(item.items).map((label) => `> ${label}`)]
      : [item.label];
  });
const doneBy = (items: readonly TrayItem[], label: string): TrayAction | null =>
  items.flatMap((item) =>
    item.kind === 'action' && item.label.startsWith(label) ? item.does : [],
  )[0] ?? null;

const failing = (title = 'Binance could not sync'): Condition => ({
  id: title,
  reason: {
    ...{ code: 'account-failing', sourceId: 'kryptos', accountId: 'w', account: 'Binance' },
    ...{ title, summary: '', since: noon, seq: 7, failures: 1, simulated: false },
  },
  since: noon,
  grave: true,
  state: { status: 'open' },
});

test('a quiet menu says the state, the way to everything, and what quitting stops (T1)', () => {
  const { icon, tooltip, items } = menuOf({});
  expect(icon).toBe('ok');
  expect(tooltip).toBe('Hookbell: Receiving, me.ngrok-free.app');
  expect(labels(items)).toEqual([
    'Receiving, me.ngrok-free.app',
    '—',
    'No events yet',
    '—',
    'Open Hookbell',
    'Health',
    'Settings',
    'Quit (stops receiving)',
  ]);
  expect(doneBy(items, 'Receiving')).toEqual({
    does: 'open',
    opening: { what: 'page', page: 'health' },
  });
});

test('what needs the person is there by name, and leads to its remedy', () => {
  const { icon, tooltip, items } = menuOf({
    conditions: [failing()],
    sources: [source('Kryptos')],
  });
  expect(icon).toBe('attention');
  expect(tooltip).toContain('1 needs you');
  expect(doneBy(items, 'Binance could not sync')).toEqual({
    does: 'open',
    opening: { what: 'entry', seq: 7 },
  });
});

test('a missing keyring asks for no attention in the tray', () => {
  const reason = { code: 'keyring-missing', stored: true } as const;
  const missing: Condition = { ...failing(), id: 'keyring-missing', reason, grave: false };
  const { icon, tooltip, items } = menuOf({ conditions: [missing] });
  expect(icon).toBe('ok');
  expect(tooltip).toBe('Hookbell: Receiving, me.ngrok-free.app');
  expect(labels(items)[1]).toBe('—');
});

test('of many needs the gravest are named, and the others counted', () => {
  const titles = Array.from({ length: 9 }, (_, n) => `Account ${n}`);
  const { items } = menuOf({ conditions: titles.map(failing) });
  const named = labels(items).slice(1, 7);
  expect(named.slice(0, 5)).toEqual(titles.slice(0, 5));
  expect(named[5]).toBe('4 more need you');
});

test('the last events have their source and age, and lead to themselves', () => {
  const { items } = menuOf(
    { sources: [source('Main', { id: 'main' })], unseen: 2 },
    {
      recent: [
        entryOf({ title: 'Kraken synced' }, { seq: 9, receivedAt: noon - 20_000 }),
        entryOf({}, { seq: 8, receivedAt: noon - 4 * minute, simulated: true }),
        entryOf({ title: 'x'.repeat(80) }, { seq: 7, receivedAt: noon - 26 * hour }),
      ],
    },
  );
  expect(labels(items).slice(2, 6)).toEqual([
    'Kraken synced · Main · just now',
    'Binance could not sync · simulated · Main · 4 min',
    expect.stringMatching(/^x+… · Main · 1 day$/),
    'Mark all as read (2)',
  ]);
  for (const label of labels(items)) expect(label.length).toBeLessThanOrEqual(60);
  expect(doneBy(items, 'Kraken')).toEqual({ does: 'open', opening: { what: 'entry', seq: 9 } });
});

test.each([
  ['receiving', receiving, 'https://me.ngrok-free.app/hooks/a/b…', 'Copy public URL of Main'],
  [
    'local only',
    { status: 'local-only', port: 4747 } as const,
    'http://127.0.0.1:4747/hooks/a/b…',
    'Copy local URL of Main',
  ],
  [
    'not proven',
    { status: 'connecting', url: 'https://me.ngrok-free.app' } as const,
    'https://me.ngrok-free.app/hooks/a/b…',
    'Copy URL of Main',
  ],
] as const)('only a URL that was proven is called public: %s', (_what, pipe, endpoint, label) => {
  const { items } = menuOf({ pipe, sources: [source('Main', { maskedEndpoint: endpoint })] });
  expect(doneBy(items, label)).toEqual({ does: 'copy-endpoint', sourceId: 'main' });
});

test('more than two sources are in a submenu, and a locked one has no URL', () => {
  const { items } = menuOf({
    sources: [source('One'), source('Two'), source('Three', { locked: true })],
  });
  expect(labels(items).filter((label) => /URL|>/.test(label))).toEqual([
    'Copy public URL',
    '> One',
    '> Two',
    '> Three is locked',
  ]);
});

test('notifications can be paused where that exists, and resumed', () => {
  expect(labels(menuOf({}).items).join()).not.toContain('Pause');
  expect(labels(menuOf({}, { hold: null }).items)).toEqual(
    expect.arrayContaining([
      'Pause notifications',
      '> For 1 hour',
      '> Until 8:00',
      '> Until I resume',
    ]),
  );
  const paused = menuOf({ unseen: 3 }, { hold: { why: 'paused', until: null } });
  expect(paused.icon).toBe('paused');
  expect(paused.tooltip).toContain('Notifications paused');
  expect(doneBy(paused.items, 'Resume notifications (paused)')).toEqual({ does: 'resume' });
  const asleep = menuOf({}, { hold: { why: 'quiet-hours', until: noon } });
  expect(asleep.icon).toBe('ok');
  expect(asleep.tooltip).toMatch(/Quiet hours until \d\d:\d\d$/);
  expect(labels(asleep.items)).toContainEqual(
    expect.stringMatching(/^Quiet hours until \d\d:\d\d$/),
  );
});

test('the icon shows the gravest: offline, attention, paused, unseen, all well (T4)', () => {
  const hold = { why: 'paused', until: null } as const;
  const offline: Pipe = { status: 'offline', since: noon, why: reason, retryAt: null };
  const all = { pipe: offline, conditions: [failing()], unseen: 1 };
  expect([
    menuOf(all, { hold }).icon,
    menuOf({ ...all, pipe: receiving }, { hold }).icon,
    menuOf({ unseen: 1 }, { hold }).icon,
    menuOf({ unseen: 1 }, { hold: null }).icon,
    menuOf({}, { hold: null }).icon,
  ]).toEqual(['offline', 'attention', 'paused', 'unseen', 'ok']);
});

test('every icon is there for every system (T3)', () => {
  const files = readdirSync(join(import.meta.dirname, '../../resources/tray'));
  for (const icon of ['ok', 'attention', 'unseen', 'offline', 'paused'])
    for (const end of ['.png', '@2x.png', 'Template.png', 'Template@2x.png', '.ico'])
      expect(files).toContain(`${icon}${end}`);
});

test('quitting says that it stops an export or import too', () => {
  const quit = (what: 'all' | 'import') =>
    labels(menuOf({ transfer: { what, done: 1, of: null } }).items).at(-1);
  expect(quit('all')).toBe('Quit (stops receiving and the export)');
  expect(quit('import')).toBe('Quit (stops receiving and the import)');
});

test('the stories of the simulator are not in the daily menu', () => {
  expect(labels(menuOf({ sources: [source('One')] }).items).join()).not.toMatch(/test|story/i);
});
