import { useRef } from 'react';
import type { Page } from '../../shared/ipc.ts';
import { goTo, showMap } from '../navigation.ts';
import { searchId } from '../search/SearchField.tsx';
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
    if ((event.ctrlKey || event.metaKey) && event.key === ',') {
      goTo('settings');
      return true;
    }
    if (!isPlain(event)) return false;
    const page = event.timeStamp - goingSince.current < patience && places.get(event.key);
    goingSince.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (page) goTo(page);
    else if (event.key === '?') showMap(true);
    else if (event.key === '/') toSearch();
    else return event.key === 'g';
    return true;
  });
}
