import type { AppState } from '../../shared/app-state.ts';
import { kindOf, neededOnes } from '../../shared/conditions/conditions.ts';
import type { Remedy } from '../../shared/conditions/kind.ts';
import type { Opening } from '../../shared/ipc.ts';

/** Something that needs the person, by name, and where its remedy is. */
export type TrayNeed = { readonly label: string; readonly opening: Opening };

/** What needs the person, most important first. */
export const trayNeeds = ({ conditions, sources }: AppState): TrayNeed[] => {
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? 'A source';
  return neededOnes(conditions).map(({ id, reason }) => {
    const { words, remedies } = kindOf(reason);
    return { label: words(reason, nameOf).title, opening: openingOf(id, remedies(reason)[0]) };
  });
};

/** Straight to a page or an event; what is done in the window itself begins at the condition. */
const openingOf = (id: string, remedy: Remedy): Opening => {
  switch (remedy.does) {
    case 'open-page':
      return { what: 'page', page: remedy.page };
    case 'open-entry':
      return { what: 'entry', seq: remedy.seq };
    default:
      return { what: 'condition', id };
  }
};
