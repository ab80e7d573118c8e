import type { Opening, Page } from '../shared/ipc.ts';
import { createStore } from './store.ts';
import { open } from './timeline/timeline-state.ts';

export const placeStore = createStore<{ page: Page; map: boolean }>({
  page: 'timeline',
  map: false,
});

export const goTo = (page: Page): void => placeStore.set({ page });
export const showMap = (map: boolean): void => placeStore.set({ map });

/** A place that a notification, the tray or a problem points to. */
export function openPlace(opening: Opening): void {
  goTo(opening.what === 'page' ? opening.page : 'timeline');
  if (opening.what === 'entry') open(opening.seq);
}
