import { goTo, showJump, showMap, showPalette } from '../navigation.ts';
import { searchId } from '../search/SearchField.tsx';
import { keyOf } from '../ui/key-of.ts';
import { beginSequence, sequenceBegun } from '../ui/key-sequence.ts';
import {
  beginsShortcut,
  controlShortcut,
  type WindowShortcut,
  windowShortcut,
} from '../ui/key-table.ts';
import { isInReach, isPlain, useKeys } from '../ui/keys.ts';

/** Does what a shortcut of the window says. */
export function run(shortcut: WindowShortcut): void {
  switch (shortcut.does) {
    case 'go':
      goTo(shortcut.page);
      break;
    case 'map':
      showMap(true);
      break;
    case 'jump':
      showJump(true);
      break;
    case 'palette':
      showPalette(true);
      break;
    case 'search':
      toSearch();
      break;
  }
}

function toSearch(): void {
  goTo('timeline');
  const field = document.getElementById(searchId);
  if (field instanceof HTMLInputElement) field.select();
}

export function useWindowShortcuts(): void {
  useKeys((event) => {
    const key = keyOf(event);
    const customary = event.ctrlKey || event.metaKey ? controlShortcut(key) : undefined;
    if (customary) {
      run(customary);
      return true;
    }
    if (!isPlain(event)) return false;
    const shortcut = windowShortcut(sequenceBegun(event), key);
    const begins = beginsShortcut(key);
    beginSequence(begins ? key : null, event);
    if (shortcut) run(shortcut);
    return shortcut !== undefined || begins;
  });

  // Also from a text field, such as the search.
  useKeys((event) => {
    if (!event.ctrlKey && !event.metaKey) return false;
    const shortcut = controlShortcut(keyOf(event));
    if (shortcut?.does !== 'palette') return false;
    run(shortcut);
    return true;
  }, isInReach);
}
