import { useRef } from 'react';
import type { Page } from '../../shared/ipc.ts';
import { goTo, showMap } from '../navigation.ts';
import { searchId } from '../search/SearchField.tsx';
import { keyOf } from '../ui/key-names.ts';
import { isPlain, useKeys } from '../ui/keys.ts';

const places = new Map<string, Page>([
  ['t', 'timeline'],
  ['s', 'sources'],
  ['m', 'simulator'],
  ['h', 'health'],
  ['c', 'settings'],
]);
const patience = 1_500;

function toSearch(): void {
  goTo('timeline');
  const field = document.getElementById(searchId);
  if (field instanceof HTMLInputElement) field.select();
}

/** `g` and a letter go to a page, `/` to the search, `?` shows the map. */
export function usePageKeys(): void {
  const goingSince = useRef(Number.NEGATIVE_INFINITY);

  useKeys((event) => {
    const key = keyOf(event);
    if ((event.ctrlKey || event.metaKey) && key === ',') {
      goTo('settings');
      return true;
    }
    if (!isPlain(event)) return false;
    const page = event.timeStamp - goingSince.current < patience && places.get(key);
    goingSince.current = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (page) goTo(page);
    else if (key === '?') showMap(true);
    else if (key === '/') toSearch();
    else return key === 'g';
    return true;
  });
}
