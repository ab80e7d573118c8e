import { useEffect, useMemo, useRef } from 'react';
import type { Run } from '../../shared/run.ts';
import type { Density } from '../../shared/settings.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useToday } from '../clock.ts';
import { dayName } from '../time.ts';
import { useViewport, type Viewport } from '../ui/viewport.ts';
import type { Missing } from '../words/missing.ts';
import { EventMenu } from './EventMenu.tsx';
import { GroupRow, headId } from './GroupRow.tsx';
import {
  type Day,
  dayAt,
  type Heights,
  type Item,
  itemsBetween,
  type Layout,
  layOut,
} from './layout.ts';
import type { Line, Lines } from './lines.ts';
import { MissingRow } from './MissingRow.tsx';
import type { RowClick } from './RowFrame.tsx';
import { indexOf, type Row } from './rows.ts';
import styles from './TimelineList.module.css';
import { rowId, TimelineRow } from './TimelineRow.tsx';
import { useSelectionInView } from './use-selection-in-view.ts';
import { useSteadyPlace } from './use-steady-place.ts';
import type { ListPosition } from './view.ts';

type Props = {
  rows: Row[];
  lines: Lines;
  /** By the entries that told of their stages. */
  runs: ReadonlyMap<number, Run>;
  density: Density;
  providers: ProviderInfo[];
  selected: number | null;
  onHead: boolean;
  chosen: ReadonlySet<number>;
  position: ListPosition;
  label: string;
  needles: readonly string[];
  missing: readonly Missing[];
  whole: boolean;
  nameOf: (entry: TimelineEntry) => string;
  onOpen: (seq: number, click: RowClick) => void;
  onFold: (seq: number, isOpen: boolean, click: RowClick) => void;
  onScroll: (offset: number) => void;
  /** Takes the first and the last line in view. */
  onLook: (first: number, last: number) => void;
};

const heights: Record<Density, Heights> = {
  comfortable: { day: 28, row: 52, missing: 20 },
  compact: { day: 28, row: 36, missing: 20 },
};

/** CSS pixels drawn above and below what is in view, so that a turn of the wheel shows no blank strip. */
const margin = 400;

function keyOf(item: Item, rows: Row[], lines: Lines): string {
  if (item.what === 'day') return `day-${item.start}`;
  if (item.what === 'missing') return `missing-${item.missing.from}`;
  const line = lines.at(item.index);
  return line ? idOf(line, rows) : '';
}

function idOf({ what, index }: Line, rows: Row[]): string {
  const seq = rows[index]?.seq ?? 0;
  return what === 'head' ? headId(seq) : rowId(seq);
}

const edgesOf = (layout: Layout, { top, height }: Viewport): string =>
  [top, top + height]
    .map((edge) => itemsBetween(layout, edge, edge + 1)[0]?.top ?? 'end')
    .join(' ');

export function TimelineList(props: Props) {
  const { rows, lines, density, selected, position, missing, whole, onLook, onScroll } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useMemo(
    () => layOut(lines.times, missing, heights[density], whole),
    [lines, missing, density, whole],
  );
  const { top, height } = useViewport(
    scroller,
    position.offset,
    (before, now) => edgesOf(layout, before) !== edgesOf(layout, now),
  );
  const stuck = dayAt(layout, top);
  const near = itemsBetween(layout, top - margin, top + height + margin);
  const items = stuck && !near.includes(stuck) ? [stuck, ...near] : near;

  useRowsInView(rows, layout, { top, height }, onLook);
  const index = selected === null ? -1 : lines.lineOf(indexOf(rows, selected), props.onHead);
  const current = lines.at(index);
  useSteadyPlace(scroller, { layout, lines, rows }, position);
  useSelectionInView(scroller, layout, selected, index, position);

  return (
    <EventMenu>
      <div
        ref={scroller}
        className={styles.list}
        role="listbox"
        tabIndex={0}
        aria-label={props.label}
        aria-multiselectable={props.chosen.size > 0 || undefined}
        aria-activedescendant={current ? idOf(current, rows) : undefined}
        data-list
        onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
      >
        <div role="presentation" className={styles.all} style={{ height: layout.height }}>
          {items.map((item) =>
            item.what === 'day' ? (
              <DayHeader key={keyOf(item, rows, lines)} day={item} sticks={item === stuck} />
            ) : (
              <div
                key={keyOf(item, rows, lines)}
                role="presentation"
                className={styles.place}
                style={{ top: item.top }}
              >
                {item.what === 'missing' ? (
                  <MissingRow missing={item.missing} />
                ) : (
                  <LineRow {...props} line={lines.at(item.index)} selected={item.index === index} />
                )}
              </div>
            ),
          )}
        </div>
      </div>
    </EventMenu>
  );
}

/** Reports the rows in view, without those behind the sticky header. */
function useRowsInView(
  rows: Row[],
  layout: Layout,
  { top, height }: Viewport,
  onLook: Props['onLook'],
): void {
  const below = top + layout.heights.day;
  const inView = itemsBetween(layout, below, top + height).flatMap((item) =>
    item.what === 'row' ? [item.index] : [],
  );
  const [first, last] = [inView[0], inView.at(-1)];
  useEffect(() => {
    if (first !== undefined && last !== undefined && rows.length > 0) onLook(first, last);
  }, [rows, first, last, onLook]);
}

function DayHeader({ day, sticks }: { day: Day; sticks: boolean }) {
  const today = useToday();
  return (
    <div
      role="presentation"
      className={styles.day}
      data-sticks={sticks || undefined}
      style={sticks ? undefined : { top: day.top }}
    >
      {dayName(day.start, today)}
    </div>
  );
}

type LineProps = Omit<Props, 'selected'> & { line: Line | undefined; selected: boolean };

function LineRow({ line, rows, nameOf, providers, selected, chosen, ...props }: LineProps) {
  const entry = line && rows[line.index]?.entry;
  if (!entry) return null;
  const about = { sourceName: nameOf(entry), providers, selected };
  if (line.what === 'head')
    return entry.status === 'event' ? (
      <GroupRow
        {...about}
        rows={rows}
        group={line.group}
        lead={entry}
        runs={props.runs}
        chosen={chosen}
        open={line.open}
        onFold={props.onFold}
      />
    ) : null;
  return (
    <TimelineRow
      {...about}
      entry={entry}
      chosen={chosen.has(entry.seq)}
      needles={props.needles}
      isMember={line.what === 'member'}
      onOpen={props.onOpen}
    />
  );
}
