import { ArrowUp } from 'lucide-react';
import { type MouseEvent, useMemo } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { needlesIn } from '../../shared/matching.ts';
import { askedIn, isAsking } from '../../shared/query.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useToday } from '../clock.ts';
import { useMissing } from '../missing-state.ts';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { number } from '../words.ts';
import { missingIn } from './missing.ts';
import { NothingFound } from './NothingFound.tsx';
import { SearchLine } from './SearchLine.tsx';
import styles from './TimelineColumn.module.css';
import { TimelineList } from './TimelineList.tsx';
import { Toolbar } from './Toolbar.tsx';
import {
  clearSearch,
  load,
  loadMore,
  look,
  markAllSeen,
  open,
  scrolled,
  search,
  showWaiting,
  standing,
  type TimelineView,
  toggleFilter,
  waitingAtMost,
} from './timeline-state.ts';

type Props = {
  view: TimelineView;
  app: AppState;
  providers: ProviderInfo[];
  nameOf: (entry: TimelineEntry) => string;
};

const loadAhead = 60;

function lookAt(first: number, last: number, rows: number): void {
  void look(first, last);
  if (last >= rows - loadAhead) void loadMore();
}

function toTop(event: MouseEvent<HTMLElement>): void {
  showWaiting();
  const list = event.currentTarget.parentElement?.querySelector<HTMLElement>('[data-list]');
  list?.scrollTo(0, 0);
  list?.focus({ preventScroll: true });
}

export function TimelineColumn({ view, app, providers, nameOf }: Props) {
  const { query, answered, rows, status, reading, before, waiting } = view;
  const asked = askedIn(answered);
  const needles = useMemo(() => needlesIn(answered), [answered]);
  const { gaps, damages } = useMissing();
  const today = useToday();
  // Between found events there is more that is not shown than what is missing.
  const missing = useMemo(
    () => (asked === '' ? missingIn(gaps, damages, today) : []),
    [asked, gaps, damages, today],
  );
  const found = rows.length;
  const busy = reading || asked !== askedIn(query);

  return (
    <>
      <Toolbar
        query={query}
        providers={providers}
        sources={app.sources}
        unseen={app.unseen}
        onToggle={toggleFilter}
        onAllSeen={() => void markAllSeen()}
      />
      {isAsking(query) ? (
        <SearchLine
          query={query}
          found={found}
          of={app.entries}
          progress={busy ? 'searching' : before === null ? 'done' : 'more'}
          onClear={clearSearch}
        />
      ) : null}
      <div className={styles.body}>
        {waiting.length > 0 && status === 'ready' ? (
          <button type="button" className={styles.pill} onClick={toTop}>
            {newWords(waiting.length)}
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
        {found > 0 ? (
          <TimelineList
            key={asked}
            rows={rows}
            label={asked === '' ? 'Events' : 'Events found'}
            needles={needles}
            missing={missing}
            whole={before === null}
            density={app.preferences.density}
            providers={providers}
            selected={view.selected}
            standing={standing}
            nameOf={nameOf}
            onOpen={open}
            onScroll={scrolled}
            onLook={(first, last) => lookAt(first, last, found)}
          />
        ) : status === 'loading' || busy ? (
          <Busy words={isAsking(query) ? 'Searching' : 'Reading the timeline'} />
        ) : status === 'ready' ? (
          <NothingFound query={answered} onSearch={search} />
        ) : null}
      </div>
    </>
  );
}

/** "3 new", "500+ new": how many are beyond the limit is not counted. */
const newWords = (waiting: number): string =>
  `${number(waiting)}${waiting < waitingAtMost ? '' : '+'} new`;
