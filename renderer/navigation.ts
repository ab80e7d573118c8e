import type { Opening, Page } from '../shared/ipc.ts';
import { entriesToken } from '../shared/query.ts';
import { createStore } from './store.ts';
import { timeline } from './timeline/timeline.ts';
import { announce } from './ui/announcer.ts';

/** A form of a source. */
export type SourceForm = { what: 'edit' | 'replace' | 'remove'; id: string };

type Navigation = {
  page: Page;
  map: boolean;
  /** The command palette is open. */
  palette: boolean;
  /** The dialog that goes to a day is open. */
  jumping: boolean;
  /** The dialog of the saved searches is open. */
  saving: boolean;
  adding: boolean;
  form: SourceForm | null;
  condition: string | null;
  unknownEntry: boolean;
};

export const navigationStore = createStore<Navigation>({
  page: 'timeline',
  map: false,
  palette: false,
  jumping: false,
  saving: false,
  /** The dialog for a new source is open, on the page Sources. */
  adding: false,
  /** The form that is open, on the page Sources. */
  form: null,
  /** The condition to be shown. */
  condition: null,
  /** The last link named an event that is not here. */
  unknownEntry: false,
});

export const goTo = (page: Page): void =>
  navigationStore.set({ page, adding: false, form: null, unknownEntry: false });
export const openSource = (form: SourceForm): void =>
  navigationStore.set({ page: 'sources', adding: false, form, unknownEntry: false });
export const closeSource = (): void => navigationStore.set({ form: null });
export const addSource = (): void =>
  navigationStore.set({ page: 'sources', adding: true, form: null, unknownEntry: false });
export const showJump = (jumping: boolean): void => {
  if (jumping) goTo('timeline');
  navigationStore.set({ jumping });
};
export const showSearches = (saving: boolean): void => navigationStore.set({ saving });
export const showPalette = (palette: boolean): void => navigationStore.set({ palette });
export const showMap = (map: boolean): void => navigationStore.set({ map });

export const unknownEntryWords = 'The event of that link is not in this history.';
export const forgetCondition = (): void => navigationStore.set({ condition: null });
export const forgetUnknownEntry = (): void => navigationStore.set({ unknownEntry: false });

export function openPlace(opening: Opening): void {
  navigationStore.set({ unknownEntry: opening.what === 'unknown-entry' });
  switch (opening.what) {
    case 'page':
      goTo(opening.page);
      break;
    case 'entry':
      goTo('timeline');
      // The filter of another notification would hide its row.
      if (timeline.view.get().query.parts.some(({ what }) => what === 'entries'))
        timeline.search('');
      timeline.open(opening.seq);
      break;
    case 'entries':
      goTo('timeline');
      timeline.showFound(entriesToken(opening.seqs, opening.of));
      break;
    case 'condition':
      navigationStore.set({ condition: opening.id });
      break;
    case 'unknown-entry':
      announce(unknownEntryWords);
      break;
  }
}
