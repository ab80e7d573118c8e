import { useEffect, useMemo, useRef } from 'react';
import type { Density } from '../../shared/settings.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useToday } from '../clock.ts';
import { dayName } from '../time.ts';
import { useViewport, type Viewport } from '../ui/viewport.ts';
import {
  dayAt,
  type Heights,
  type Item,
  itemsBetween,
  type Layout,
  layOut,
  placeOfRow,
} from './layout.ts';
import { MissingRow } from './MissingRow.tsx';
import type { Missing } from './missing.ts';
import { indexOf, type Row } from './rows.ts';
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
  /** There is nothing older than the last row. */
  whole: boolean;
  nameOf: (entry: TimelineEntry) => string;
  onOpen: (seq: number) => void;
  onScroll: (offset: number) => void;
  /** The rows on screen, by their places. */
  onLook: (first: number, last: number) => void;
};

const heights: Record<Density, Heights> = {
  comfortable: { day: 28, row: 52, missing: 20 },
  compact: { day: 28, row: 36, missing: 20 },
};

/** Drawn above and below what is in view, in pixels: what a turn of the wheel brings is there already. */
const margin = 400;
const underLast = 4;

function keyOf(item: Item, rows: Row[]): string {
  if (item.what === 'day') return `day-${item.start}`;
  return item.what === 'missing' ? `missing-${item.missing.from}` : `${rows[item.index]?.seq}`;
}

/** The part of the list that is in view, as the item it begins and the one it ends with. */
const edgesOf = (layout: Layout, { top, height }: Viewport): string =>
  [top, top + height]
    .map((edge) => itemsBetween(layout, edge, edge + 1)[0]?.top ?? 'end')
    .join(' ');

export function TimelineList(props: Props) {
  const { rows, density, providers, selected, needles, nameOf, standing, missing, whole } = props;
  const { onOpen, onLook, onScroll } = props;
  const today = useToday();
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<Layout | null>(null);
  const layout = useMemo(
    () => layOut(rows, missing, heights[density], whole, drawn.current),
    [rows, missing, density, whole],
  );
  useEffect(() => {
    drawn.current = layout;
  }, [layout]);

  const { top, height } = useViewport(
    scroller,
    standing.offset,
    (before, now) => edgesOf(layout, before) !== edgesOf(layout, now),
  );
  const stuck = dayAt(layout, top);
  const shown = itemsBetween(layout, top - margin, top + height + margin);
  const items = stuck && !shown.includes(stuck) ? [stuck, ...shown] : shown;

  const underHeader = top + layout.heights.day;
  const inView = itemsBetween(layout, underHeader, top + height).flatMap((item) =>
    item.what === 'row' ? [item.index] : [],
  );
  const [first, last] = [inView[0], inView.at(-1)];
  useEffect(() => {
    if (first !== undefined && last !== undefined && rows.length > 0) onLook(first, last);
  }, [rows, first, last, onLook]);

  useEffect(() => {
    // Only a new choice scrolls, never a new row above it.
    if (selected === null) standing.shown = null;
    const place = selected === null ? undefined : placeOfRow(layout, indexOf(rows, selected));
    const list = scroller.current;
    if (!place || !list || standing.shown === selected) return;
    standing.shown = selected;
    const highest = place.top - layout.heights.day;
    const lowest = place.top + place.height + underLast - list.clientHeight;
    if (list.scrollTop > highest) list.scrollTop = highest;
    else if (list.scrollTop < lowest) list.scrollTop = lowest;
  }, [selected, rows, layout, standing]);

  const isThere = selected !== null && indexOf(rows, selected) >= 0;
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={isThere ? rowId(selected) : undefined}
      data-list
      onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
    >
      <div role="presentation" className={styles.all} style={{ height: layout.height }}>
        {items.map((item) => {
          const style = { top: item.top };
          if (item.what === 'day') {
            const sticks = item === stuck;
            return (
              <div
                key={keyOf(item, rows)}
                role="presentation"
                className={styles.day}
                data-sticks={sticks || undefined}
                style={sticks ? undefined : style}
              >
                {dayName(item.start, today)}
              </div>
            );
          }
          const row = item.what === 'row' ? rows[item.index] : undefined;
          return (
            <div key={keyOf(item, rows)} role="presentation" className={styles.place} style={style}>
              {item.what === 'missing' ? <MissingRow missing={item.missing} /> : null}
              {row?.entry ? (
                <TimelineRow
                  entry={row.entry}
                  sourceName={nameOf(row.entry)}
                  providers={providers}
                  selected={row.seq === selected}
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
