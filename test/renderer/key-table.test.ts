import { expect, test } from 'vitest';
import {
  beginsShortcut,
  controlShortcut,
  keyFor,
  keyNames,
  keysTo,
  timelineCommand,
  timelineShortcuts,
  windowShortcut,
  windowShortcuts,
} from '../../renderer/ui/key-table.ts';
import { pages } from '../../shared/ipc.ts';

test('no two shortcuts have the same keys', () => {
  const all = [...windowShortcuts, ...timelineShortcuts].map((one) => keyNames(one).join(' '));
  expect(new Set(all).size).toBe(all.length);
});

test('every page has a shortcut of two keys', () => {
  expect(pages.map(keysTo)).toEqual(['g t', 'g a', 'g r', 'g s', 'g m', 'g n', 'g h', 'g c']);
  for (const page of pages) {
    const [first = '', second = ''] = keysTo(page).split(' ');
    expect(beginsShortcut(first)).toBe(true);
    expect(windowShortcut(first, second)).toMatchObject({ does: 'go', page });
    expect(windowShortcut(null, second)).toBeUndefined();
  }
  expect(controlShortcut(',')).toMatchObject({ does: 'go', page: 'settings' });
  expect(windowShortcut(null, ',')).toBeUndefined();
  expect(controlShortcut('k')).toMatchObject({ does: 'palette' });
  expect(windowShortcut(null, 'k')).toBeUndefined();
});

test('a key that does not go on with what was begun means what it means alone', () => {
  expect(windowShortcut('g', '/')).toMatchObject({ does: 'search' });
  expect(windowShortcut('g', '?')).toMatchObject({ does: 'map' });
  expect(windowShortcut('g', 'x')).toBeUndefined();
});

test('letters count on the whole page of the timeline, named keys in its list', () => {
  expect(timelineCommand('j', false)).toBe('next');
  expect(timelineCommand('Escape', false)).toBe('back');
  for (const key of ['ArrowDown', 'ArrowUp', 'Enter', 'Home', 'End', 'PageUp', 'PageDown']) {
    expect(timelineCommand(key, false)).toBeUndefined();
    expect(timelineCommand(key, true)).toBeDefined();
  }
  expect(timelineCommand('y', true)).toBeUndefined();
});

test('hints name the first key of a command', () => {
  expect((['next', 'open', 'back', 'search'] as const).map(keyFor)).toEqual([
    'j',
    'Enter',
    'Esc',
    '/',
  ]);
});
