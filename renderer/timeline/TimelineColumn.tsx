import { ArrowUp } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Failure } from '../ui/Failure.tsx';
import { number } from '../words.ts';
import { FilterChips } from './FilterChips.tsx';
import { isFiltered, noFilter } from './rows.ts';
import styles from './TimelineColumn.module.css';
import { TimelineList } from './TimelineList.tsx';
import { Toolbar } from './Toolbar.tsx';
import {
  load,
  loadMore,
  look,
  markAllSeen,
  open,
  scrolled,
  setFilter,
  showWaiting,
  standing,
  type TimelineView,
} from './timeline-state.ts';

type Props = {
  view: TimelineView;
  app: AppState;
  providers: ProviderInfo[];
  nameOf: (sourceId: string, provider: string) => string;
};

const loadAhead = 60;

function lookAt(first: number, last: number, rows: number): void {
  void look(first, last);
  if (last >= rows - loadAhead) void loadMore();
}

const clear = (): void => setFilter(noFilter);

function toTop(event: MouseEvent<HTMLElement>): void {
  showWaiting();
  const list = event.currentTarget.parentElement?.querySelector<HTMLElement>('[data-list]');
  list?.scrollTo(0, 0);
  list?.focus({ preventScroll: true });
}

export function TimelineColumn({ view, app, providers, nameOf }: Props) {
  const { filter, rows, status, waiting } = view;
  const filtered = isFiltered(filter);
  const count = rows.length;

  return (
    <>
      <Toolbar
        filter={filter}
        providers={providers}
        sources={app.sources}
        unseen={app.unseen}
        onFilter={setFilter}
        onAllSeen={() => void markAllSeen()}
      />
      {filtered ? (
        <FilterChips
          filter={filter}
          providers={providers}
          sourceName={app.sources.find(({ id }) => id === filter.sourceId)?.name ?? null}
          onFilter={setFilter}
          onClear={clear}
        />
      ) : null}
      <div className={styles.body}>
        {waiting.length > 0 && status === 'ready' ? (
          <button type="button" className={styles.pill} onClick={toTop}>
            {number(waiting.length)} new
            <ArrowUp size={14} aria-hidden="true" />
          </button>
        ) : null}
        {status === 'failed' ? (
          <div className={styles.failure}>
            <Failure title="The timeline could not be read.">
              <span>Nothing is lost.</span>
              <Button small onClick={() => void load()}>
                Try again
              </Button>
            </Failure>
          </div>
        ) : null}
        {count > 0 ? (
          <TimelineList
            key={JSON.stringify(filter)}
            rows={rows}
            label={filtered ? 'Events, filtered' : 'Events'}
            density={app.preferences.density}
            providers={providers}
            selected={view.selected}
            standing={standing}
            nameOf={nameOf}
            onOpen={open}
            onScroll={scrolled}
            onLook={(first, last) => lookAt(first, last, count)}
          />
        ) : status === 'loading' ? (
          <Busy words="Reading the timeline" />
        ) : status === 'ready' ? (
          <NothingFits unreadOnly={filter.unseenOnly && isOnlyUnread(view)} />
        ) : null}
      </div>
    </>
  );
}

const isOnlyUnread = ({ filter }: TimelineView): boolean =>
  filter.providers.length === 0 && filter.kinds.length === 0 && filter.sourceId === null;

const NothingFits = ({ unreadOnly }: { unreadOnly: boolean }) => (
  <Empty title={unreadOnly ? 'All read' : 'No event passes this filter'}>
    <Button onClick={clear}>{unreadOnly ? 'Show all events' : 'Clear the filter'}</Button>
  </Empty>
);
