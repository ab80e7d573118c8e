import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { namesOf } from '../../shared/matching.ts';
import { isFiltering } from '../../shared/query.ts';
import type { ProviderInfo, Source } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useOwnNamesRead } from '../insight/own-names.ts';
import { addSource, goTo } from '../navigation.ts';
import { useStore } from '../store.ts';
import { TrialBar } from '../trial/TrialSteps.tsx';
import { copy } from '../ui/copy.ts';
import { useMedia } from '../ui/media.ts';
import { HiddenHeading } from '../ui/VisuallyHidden.tsx';
import { DetailPane } from './DetailPane.tsx';
import { FirstDelivery } from './FirstDelivery.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { indexOf, type Row } from './rows.ts';
import { Splitter } from './Splitter.tsx';
import styles from './Timeline.module.css';
import { TimelineColumn } from './TimelineColumn.tsx';
import { timeline } from './timeline.ts';
import { type Detail, useDetail } from './use-detail.ts';
import { useListWidth } from './use-list-width.ts';
import { useTimelineShortcuts } from './use-timeline-shortcuts.ts';
import type { TimelineView } from './view.ts';

type Props = { app: AppState; providers: ProviderInfo[] };

const seenAfterMs = 1_000;
const narrow = '(max-width: 839px)';

export function Timeline({ app, providers }: Props) {
  const view = useStore(timeline.view);
  const { selected, opened, rows, tab } = view;
  const openSeq = opened ? selected : null;
  const state = useDetail(openSeq);
  const [width, setWidth] = useListWidth();
  const isNarrow = useMedia(narrow);
  const page = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);
  const list = () => page.current?.querySelector<HTMLElement>('[data-list]') ?? null;
  useTimelineShortcuts({ list, detail });
  useOwnNamesRead();
  const nameOf = useSourceNames(app.sources, providers);

  const shownSeq = state?.seq ?? null;
  const entry = entryOf(state, rows);
  useSeenWhileOpen(openSeq, entry !== null);
  useFocusWhereNarrow(isNarrow, openSeq, detail);

  const leave = () => {
    timeline.back();
    list()?.focus({ preventScroll: true });
  };

  if (openSeq === null && isEmpty(view)) return <NothingYet app={app} providers={providers} />;

  return (
    <div
      ref={page}
      className={styles.timeline}
      data-density={app.preferences.density}
      data-opened={openSeq === null ? undefined : true}
      style={{ '--list': `${width}px` }}
    >
      <HiddenHeading text="Timeline" />
      <section className={styles.list} aria-label="Timeline" inert={isNarrow && openSeq !== null}>
        <TrialBar app={app} />
        <TimelineColumn view={view} app={app} providers={providers} nameOf={nameOf} />
      </section>
      {openSeq === null ? null : <Splitter width={width} onResize={setWidth} />}
      <div className={styles.detail}>
        {state ? (
          <DetailPane
            ref={detail}
            entry={entry}
            state={state}
            sourceName={entry ? nameOf(entry) : ''}
            providers={providers}
            tab={tab}
            onTab={timeline.chooseTab}
            onBack={leave}
            onSeen={(seen) => void (shownSeq !== null && timeline.mark('seen', seen, [shownSeq]))}
            onCopy={copy}
          />
        ) : null}
      </div>
    </div>
  );
}

/** Stays the same function while the names do, so that rows are not drawn again. */
const useSourceNames = (sources: Source[], providers: ProviderInfo[]) =>
  useCallback(
    (entry: TimelineEntry) => namesOf(entry, { sources, providers }).source,
    [sources, providers],
  );

const isEmpty = ({ status, rows, waiting, answered }: TimelineView): boolean =>
  status === 'ready' && rows.length === 0 && waiting.length === 0 && !isFiltering(answered);

/** The row has the newer form; far from view only the detail has the entry. */
function entryOf(state: Detail | null, rows: readonly Row[]): TimelineEntry | null {
  const inRow = state && rows[indexOf(rows, state.seq)]?.entry;
  return inRow ?? (state?.status === 'ready' ? state.detail.entry : null);
}

/** In a narrow window the detail takes the place of the list, and the focus goes with it. */
function useFocusWhereNarrow(
  isNarrow: boolean,
  openSeq: number | null,
  detail: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (isNarrow && openSeq !== null) detail.current?.querySelector('button')?.focus();
  }, [isNarrow, openSeq, detail]);
}

/** Marks an open event as read after a moment. */
function useSeenWhileOpen(openSeq: number | null, isKnown: boolean): void {
  useEffect(() => {
    if (openSeq === null || !isKnown) return;
    const timer = setTimeout(() => void timeline.markSeen(openSeq, true), seenAfterMs);
    return () => clearTimeout(timer);
  }, [openSeq, isKnown]);
}

const NothingYet = ({ app, providers }: Props) =>
  app.sources.length === 0 ? (
    <FirstSteps app={app} onAdd={addSource} />
  ) : (
    <FirstDelivery app={app} providers={providers} onGo={goTo} />
  );
