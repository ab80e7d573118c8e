import type { TimelineEntry } from '../../shared/timeline.ts';
import { keyFor, labelOf } from '../ui/key-table.ts';
import { eventCommands } from './event-commands.ts';
import { askUrl } from './replay.ts';
import { timeline } from './timeline.ts';

/** Something that can be done with the selected event. */
export type EventAction = {
  readonly words: string;
  /** Empty where it has none. */
  readonly keys: string;
  readonly does: () => unknown;
};

type Named = EventAction & { readonly isFor?: (entry: TimelineEntry) => boolean };

const byKey = (name: keyof typeof eventCommands): EventAction => ({
  words: labelOf(name),
  keys: keyFor(name),
  does: eventCommands[name],
});

const withOpened = (does: (seq: number) => void) => (): void => {
  const { selected } = timeline.view.get();
  if (selected === null) return;
  timeline.open(selected);
  does(selected);
};

/** In the order of the context menu and of the palette. A new action is one more line here. */
const actions: readonly Named[] = [
  { words: 'Open', keys: keyFor('open'), does: withOpened(() => {}) },
  byKey('toggle-seen'),
  byKey('archive'),
  byKey('pin'),
  { ...byKey('rule'), isFor: ({ status }) => status === 'event' },
  byKey('copy-curl'),
  byKey('deliver-again'),
  { words: 'Forward to this computer…', keys: '', does: withOpened(askUrl) },
];

/** What can be done with an entry while it is selected. */
export const actionsOf = (entry: TimelineEntry): EventAction[] =>
  actions.filter(({ isFor }) => isFor?.(entry) ?? true);
