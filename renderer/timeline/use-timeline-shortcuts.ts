import type { RefObject } from 'react';
import { keyOf } from '../ui/key-of.ts';
import { goesOn } from '../ui/key-sequence.ts';
import { type TimelineCommand, timelineCommand } from '../ui/key-table.ts';
import { isPlain, useKeys } from '../ui/keys.ts';
import { openRuleMenu } from './EventRule.tsx';
import { copyCurl, deliverAgain } from './replay.ts';
import { timeline } from './timeline.ts';

type Parts = { list: () => HTMLElement | null; detail: RefObject<HTMLElement | null> };

const pageOf = (list: HTMLElement | null): number =>
  Math.max(1, Math.floor((list?.clientHeight ?? 520) / 52) - 1);

const choose = (how: () => void): boolean => {
  if (timeline.view.get().selected === null) return false;
  how();
  return true;
};

const marking = {
  'toggle-seen': () => timeline.toggleMark('seen'),
  archive: () => timeline.toggleMark('archived'),
  pin: () => timeline.toggleMark('pinned'),
  choose: () => choose(timeline.choose),
  'choose-to': () => choose(timeline.chooseTo),
  undo: timeline.undo,
} satisfies Partial<Record<TimelineCommand, () => boolean>>;

const isRange = ({ shiftKey }: KeyboardEvent, command: TimelineCommand): boolean =>
  shiftKey && (command === 'next' || command === 'previous');

/** Moves, and chooses from the row that was selected to the one that is. */
function chooseOn(move: () => boolean): boolean {
  if (timeline.view.get().chosen.size === 0) timeline.choose();
  const isDone = move();
  timeline.chooseTo();
  return isDone;
}

function chooseRule(): boolean {
  const { selected, opened, tab } = timeline.view.get();
  if (selected === null) return false;
  if (!opened) timeline.open(selected);
  if (tab !== 'summary' && tab !== 'delivery') timeline.chooseTab('summary');
  openRuleMenu(selected);
  return true;
}

/** The shortcuts of the timeline. Where nothing has the focus, the list counts as having it. */
export function useTimelineShortcuts({ list, detail }: Parts): void {
  const step = (steps: number): true => {
    timeline.move(steps);
    if (!detail.current?.contains(document.activeElement)) list()?.focus({ preventScroll: true });
    return true;
  };

  const enter = (): boolean => {
    const { selected, opened } = timeline.view.get();
    if (selected === null) return false;
    if (timeline.foldSelected()) return true;
    if (opened)
      detail.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    else timeline.open(selected);
    return true;
  };

  const leave = (): boolean => {
    if (!timeline.back()) return false;
    list()?.focus({ preventScroll: true });
    return true;
  };

  const commands: Record<TimelineCommand, () => boolean> = {
    next: () => step(1),
    previous: () => step(-1),
    first: () => step(Number.NEGATIVE_INFINITY),
    last: () => step(Number.POSITIVE_INFINITY),
    'page-down': () => step(pageOf(list())),
    'page-up': () => step(-pageOf(list())),
    open: enter,
    unfold: () => timeline.stepInto(true),
    fold: () => timeline.stepInto(false),
    back: leave,
    ...marking,
    rule: chooseRule,
    'deliver-again': withSelected(deliverAgain),
    'copy-curl': withSelected((seq) => copyCurl(seq)),
  };

  useKeys((event) => {
    if (!isPlain(event) || goesOn(event)) return false;
    const focused = document.activeElement;
    const isInList = focused === document.body || (list()?.contains(focused) ?? false);
    const command = timelineCommand(keyOf(event), isInList);
    if (command === undefined) return false;
    return isRange(event, command) ? chooseOn(commands[command]) : commands[command]();
  });
}

/** Does something with the selected event, and opens it so that what comes of it is seen. */
const withSelected = (does: (seq: number) => Promise<void>) => (): boolean => {
  const { selected, opened } = timeline.view.get();
  if (selected === null) return false;
  if (!opened) timeline.open(selected);
  void does(selected);
  return true;
};
