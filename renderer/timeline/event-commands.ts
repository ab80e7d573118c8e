import type { TimelineCommand } from '../ui/key-table.ts';
import { openRuleMenu } from './EventRule.tsx';
import { copyCurl, deliverAgain } from './replay.ts';
import { timeline } from './timeline.ts';

const choose = (how: () => void): boolean => {
  if (timeline.view.get().selected === null) return false;
  how();
  return true;
};

function chooseRule(): boolean {
  const { selected, opened, tab } = timeline.view.get();
  if (selected === null) return false;
  if (!opened) timeline.open(selected);
  if (tab !== 'summary' && tab !== 'delivery') timeline.chooseTab('summary');
  openRuleMenu(selected);
  return true;
}

/** Does something with the selected event, and opens it so that what comes of it is seen. */
const withSelected = (does: (seq: number) => Promise<void>) => (): boolean => {
  const { selected, opened } = timeline.view.get();
  if (selected === null) return false;
  if (!opened) timeline.open(selected);
  void does(selected);
  return true;
};

/** What can be done with the selected event, by key, from its context menu and from the palette. Each returns whether it did anything. */
export const eventCommands = {
  'toggle-seen': () => timeline.toggleMark('seen'),
  archive: () => timeline.toggleMark('archived'),
  pin: () => timeline.toggleMark('pinned'),
  choose: () => choose(timeline.choose),
  'choose-to': () => choose(timeline.chooseTo),
  rule: chooseRule,
  'deliver-again': withSelected(deliverAgain),
  'copy-curl': withSelected((seq) => copyCurl(seq)),
  undo: timeline.undo,
} satisfies Partial<Record<TimelineCommand, () => boolean>>;
