import type { RefObject } from 'react';
import { keyOf } from '../ui/key-names.ts';
import { isPlain, useKeys } from '../ui/keys.ts';
import { indexOf } from './rows.ts';
import { back, markSeen, move, open, timelineStore } from './timeline-state.ts';

type Parts = { list: () => HTMLElement | null; detail: RefObject<HTMLElement | null> };

const pageOf = (list: HTMLElement | null): number =>
  Math.max(1, Math.floor((list?.clientHeight ?? 520) / 52) - 1);

/** The keyboard of the timeline. Letters work everywhere on the page, the arrows where the list has the focus. */
export function useTimelineKeys({ list, detail }: Parts): void {
  const step = (steps: number): true => {
    move(steps);
    if (!detail.current?.contains(document.activeElement)) list()?.focus({ preventScroll: true });
    return true;
  };

  const enter = (): boolean => {
    const { selected, opened } = timelineStore.get();
    if (selected === null) return false;
    if (opened)
      detail.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
    else open(selected);
    return true;
  };

  const leave = (): boolean => {
    if (!back()) return false;
    list()?.focus({ preventScroll: true });
    return true;
  };

  const toggleSeen = (): boolean => {
    const { selected, rows } = timelineStore.get();
    const entry = selected === null ? null : rows[indexOf(rows, selected)]?.entry;
    if (!entry) return false;
    void markSeen(entry.seq, !entry.seen);
    return true;
  };

  useKeys((event) => {
    if (!isPlain(event)) return false;
    const key = keyOf(event);
    if (key === 'j') return step(1);
    if (key === 'k') return step(-1);
    if (key === 'u') return toggleSeen();
    if (key === 'Escape') return leave();

    const focused = document.activeElement;
    const atList = focused === document.body || (list()?.contains(focused) ?? false);
    if (!atList) return false;
    switch (key) {
      case 'ArrowDown':
        return step(1);
      case 'ArrowUp':
        return step(-1);
      case 'Home':
        return step(Number.NEGATIVE_INFINITY);
      case 'End':
        return step(Number.POSITIVE_INFINITY);
      case 'PageDown':
        return step(pageOf(list()));
      case 'PageUp':
        return step(-pageOf(list()));
      case 'Enter':
        return enter();
      default:
        return false;
    }
  });
}
