import { useCallback, useEffect, useRef } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { namesOf } from '../../shared/matching.ts';
import { isAsking } from '../../shared/query.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { goTo } from '../navigation.ts';
import { ask } from '../state.ts';
import { useStore } from '../store.ts';
import { copy } from '../ui/copy.ts';
import { Empty } from '../ui/Empty.tsx';
import { useMedia } from '../ui/media.ts';
import { DetailPane } from './DetailPane.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { indexOf } from './rows.ts';
import { Splitter } from './Splitter.tsx';
import styles from './Timeline.module.css';
import { TimelineColumn } from './TimelineColumn.tsx';
import { back, chooseTab, markSeen, timelineStore } from './timeline-state.ts';
import { useDetail } from './use-detail.ts';
import { useListWidth } from './use-list-width.ts';
import { useTimelineKeys } from './use-timeline-keys.ts';
import { Waiting } from './Waiting.tsx';

type Props = { app: AppState; providers: ProviderInfo[] };

const seenAfter = 1_000;
const narrow = '(max-width: 839px)';

export function Timeline({ app, providers }: Props) {
  const view = useStore(timelineStore);
  const { selected, opened, rows, tab } = view;
  const openSeq = opened ? selected : null;
  const state = useDetail(openSeq);
  const [width, setWidth] = useListWidth();
  const isNarrow = useMedia(narrow);
  const page = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);
  const list = useCallback(
    () => page.current?.querySelector<HTMLElement>('[data-list]') ?? null,
    [],
  );
  useTimelineKeys({ list, detail });

  const shownSeq = state?.seq ?? null;
  const inRow = shownSeq === null ? null : (rows[indexOf(rows, shownSeq)]?.entry ?? null);
  const entry = inRow ?? (state?.status === 'ready' ? state.detail.entry : null);
  const known = entry !== null;

  useEffect(() => {
    if (openSeq === null || !known) return;
    const timer = setTimeout(() => void markSeen(openSeq, true), seenAfter);
    return () => clearTimeout(timer);
  }, [openSeq, known]);

  useEffect(() => {
    if (isNarrow && openSeq !== null) detail.current?.querySelector('button')?.focus();
  }, [isNarrow, openSeq]);

  const nameOf = useCallback(
    (entry: TimelineEntry) => namesOf(entry, { sources: app.sources, providers }).source,
    [app.sources, providers],
  );

  const leave = () => {
    back();
    list()?.focus({ preventScroll: true });
  };

  const nothingKept = view.status === 'ready' && rows.length === 0 && !isAsking(view.answered);
  if (nothingKept && openSeq === null && view.waiting.length === 0) {
    return app.sources.length === 0 ? (
      <FirstSteps onGo={goTo} />
    ) : (
      <Waiting
        app={app}
        providers={providers}
        onGo={goTo}
        onCopy={(id) => ask('copyEndpoint', { id })}
      />
    );
  }

  return (
    <div
      ref={page}
      className={styles.timeline}
      data-density={app.preferences.density}
      data-opened={openSeq === null ? undefined : true}
      style={{ '--list': `${width}px` }}
    >
      <section className={styles.list} aria-label="Timeline" inert={isNarrow && openSeq !== null}>
        <TimelineColumn view={view} app={app} providers={providers} nameOf={nameOf} />
      </section>
      <Splitter width={width} onResize={setWidth} />
      <div className={styles.detail}>
        {state ? (
          <DetailPane
            ref={detail}
            entry={entry}
            state={state}
            sourceName={entry ? nameOf(entry) : ''}
            providers={providers}
            tab={tab}
            onTab={chooseTab}
            onBack={leave}
            onSeen={(seen) => void (shownSeq !== null && markSeen(shownSeq, seen))}
            onCopy={copy}
          />
        ) : (
          <Empty title="No event is open">
            <p className={styles.hints}>
              <span>
                <kbd>j</kbd> <kbd>k</kbd> move
              </span>
              <span>
                <kbd>Enter</kbd> open
              </span>
              <span>
                <kbd>/</kbd> search
              </span>
              <span>
                <kbd>?</kbd> all keys
              </span>
            </p>
          </Empty>
        )}
      </div>
    </div>
  );
}
