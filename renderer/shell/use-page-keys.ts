import { useRef } from 'react';
import type { Page } from '../../shared/ipc.ts';
import { goTo, showMap } from '../navigation.ts';
import { isPlain, useKeys } from '../ui/keys.ts';

const places = new Map<string, Page>([
  ['t', 'timeline'],
  ['s', 'sources'],
  ['m', 'simulator'],
  ['h', 'health'],
  ['c', 'settings'],
]);
const patience = 1_500;

/** `g` and a letter go to a page, `?` shows the map. */
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
    else return event.key === 'g';
    return true;
  });
}
