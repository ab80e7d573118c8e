import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Density } from '../../shared/settings.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useToday } from '../clock.ts';
import { dayName } from '../time.ts';
import { MissingRow } from './MissingRow.tsx';
import type { Missing } from './missing.ts';
import { byDay, type Item, type Row } from './rows.ts';
import styles from './TimelineList.module.css';
import { rowId, TimelineRow } from './TimelineRow.tsx';
import type { Standing } from './timeline-state.ts';

type Props = {
  rows: Row[];
  density: Density;
  providers: ProviderInfo[];
  selected: number | null;
  /** Where the list stood and which choice it showed, kept while another page is open. */
  standing: Standing;
  label: string;
  needles: readonly string[];
  missing: readonly Missing[];
  nameOf: (entry: TimelineEntry) => string;
  onOpen: (seq: number) => void;
  onScroll: (offset: number) => void;
  /** The rows on screen, by their places. */
  onLook: (first: number, last: number) => void;
};

const dayHeight = 28;
const heights: Record<Density, number> = { comfortable: 52, compact: 36 };

const missingHeight = 20;

function heightOf(item: Item | undefined, density: Density): number {
  if (item?.what === 'day') return dayHeight;
  return item?.what === 'missing' ? missingHeight : heights[density];
}

function keyOf(item: Item): string {
  if (item.what === 'day') return `day-${item.start}`;
  return item.what === 'missing' ? `missing-${item.missing.from}` : `${item.row.seq}`;
}

export function TimelineList(props: Props) {
  const { rows, density, providers, selected, needles, nameOf, standing } = props;
  const { onOpen, onLook, onScroll } = props;
  const items = useMemo(() => byDay(rows, props.missing), [rows, props.missing]);
  const days = useMemo(
    () => items.flatMap((item, index) => (item.what === 'day' ? [index] : [])),
    [items],
  );
  const today = useToday();
  const scroller = useRef<HTMLDivElement>(null);
  const stuck = useRef(0);

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(items[index], density),
    // Another density means other heights, which the virtualizer reads again when the keys change.
    getItemKey: useCallback(
      (index: number) => {
        const item = items[index];
        if (!item) return index;
        return `${density}-${keyOf(item)}`;
      },
      [items, density],
    ),
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        stuck.current = days.findLast((index) => index <= range.startIndex) ?? 0;
        return [...new Set([stuck.current, ...defaultRangeExtractor(range)])];
      },
      [days],
    ),
    overscan: 10,
    initialOffset: standing.offset,
    scrollPaddingStart: dayHeight,
    scrollPaddingEnd: 4,
  });

  const { startIndex, endIndex } = virtual.range ?? { startIndex: 0, endIndex: 0 };
  useEffect(() => {
    const inView = items
      .slice(startIndex, endIndex + 1)
      .flatMap((item) => (item.what === 'row' ? [item.index] : []));
    if (inView.length > 0) onLook(inView[0] ?? 0, inView[inView.length - 1] ?? 0);
  }, [items, startIndex, endIndex, onLook]);

  const place = items.findIndex((item) => item.what === 'row' && item.row.seq === selected);
  useEffect(() => {
    // Only a new choice scrolls, never a new row above it.
    if (selected === null) standing.shown = null;
    if (place < 0 || standing.shown === selected) return;
    standing.shown = selected;
    virtual.scrollToIndex(place, { align: 'auto' });
  }, [selected, place, standing, virtual]);

  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={place >= 0 && selected !== null ? rowId(selected) : undefined}
      data-list
      onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
    >
      <div role="presentation" className={styles.all} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (!item) return null;
          if (item.what === 'day') {
            const sticks = index === stuck.current;
            return (
              <div
                key={key}
                role="presentation"
                className={styles.day}
                data-sticks={sticks || undefined}
                style={sticks ? undefined : { transform: `translateY(${start}px)` }}
              >
                {dayName(item.start, today)}
              </div>
            );
          }
          if (item.what === 'missing') {
            return (
              <div
                key={key}
                role="presentation"
                className={styles.place}
                style={{ transform: `translateY(${start}px)` }}
              >
                <MissingRow missing={item.missing} />
              </div>
            );
          }
          const { entry, seq } = item.row;
          return (
            <div
              key={key}
              role="presentation"
              className={styles.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              {entry ? (
                <TimelineRow
                  entry={entry}
                  sourceName={nameOf(entry)}
                  providers={providers}
                  selected={seq === selected}
                  needles={needles}
                  onOpen={onOpen}
                />
              ) : null}
            </div>
          );
        })}
      </div>
    </div>
  );
}
