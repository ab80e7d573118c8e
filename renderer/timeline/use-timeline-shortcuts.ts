import type { RefObject } from 'react';
import { keyOf } from '../ui/key-of.ts';
import { goesOn } from '../ui/key-sequence.ts';
import { type TimelineCommand, timelineCommand } from '../ui/key-table.ts';
import { isPlain, useKeys } from '../ui/keys.ts';
import { eventCommands } from './event-commands.ts';
import { timeline } from './timeline.ts';

type Parts = { list: () => HTMLElement | null; detail: RefObject<HTMLElement | null> };

const pageOf = (list: HTMLElement | null): number =>
  Math.max(1, Math.floor((list?.clientHeight ?? 520) / 52) - 1);

const isRange = ({ shiftKey }: KeyboardEvent, command: TimelineCommand): boolean =>
  shiftKey && (command === 'next' || command === 'previous');

/** Moves, and chooses from the row that was selected to the one that is. */
function chooseOn(move: () => boolean): boolean {
  if (timeline.view.get().chosen.size === 0) timeline.choose();
  const isDone = move();
  timeline.chooseTo();
  return isDone;
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
    ...eventCommands,
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
