import { ArrowUp } from 'lucide-react';
import { type MouseEvent, useEffect, useMemo } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { number } from '../../shared/english.ts';
import { needlesIn } from '../../shared/matching.ts';
import { effectiveText, isFiltering } from '../../shared/query.ts';
import type { Run } from '../../shared/run.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { FilteredAccount } from '../accounts/FilteredAccount.tsx';
import { useToday } from '../clock.ts';
import { useRuns } from '../insight/use-insight.ts';
import { useMissing } from '../missing-state.ts';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { type Missing, missingIn } from '../words/missing.ts';
import { ChosenBar } from './ChosenBar.tsx';
import { Jump } from './JumpDialog.tsx';
import { type Lines, linesOf } from './lines.ts';
import { NothingFound } from './NothingFound.tsx';
import type { RowClick } from './RowFrame.tsx';
import { SavedSearches } from './SavedSearches.tsx';
import { SearchLine } from './SearchLine.tsx';
import styles from './TimelineColumn.module.css';
import { TimelineList } from './TimelineList.tsx';
import { Toolbar } from './Toolbar.tsx';
import { timeline } from './timeline.ts';
import { UndoLine } from './UndoLine.tsx';
import { type ChosenLine, type TimelineView, waitingAtMost } from './view.ts';

type Props = {
  view: TimelineView;
  app: AppState;
  providers: ProviderInfo[];
  nameOf: (entry: TimelineEntry) => string;
};

const loadAhead = 60;

function lookAt(first: number, last: number, lines: Lines): void {
  void timeline.look(first, last);
  if (last >= lines.times.length - loadAhead) void timeline.loadMore();
}

function toTop(event: MouseEvent<HTMLElement>): void {
  timeline.showWaiting();
  const list = event.currentTarget.parentElement?.querySelector<HTMLElement>('[data-list]');
  list?.scrollTo(0, 0);
  list?.focus({ preventScroll: true });
}

/** As in a mail program: with Shift all up to it, with Control or Command one more. False for a plain click. */
function chose(line: ChosenLine, { shiftKey, ctrlKey, metaKey }: RowClick): boolean {
  if (shiftKey) timeline.chooseTo(line);
  else if (ctrlKey || metaKey) timeline.choose(line);
  return shiftKey || ctrlKey || metaKey;
}

function openOrChoose(seq: number, click: RowClick): void {
  if (!chose({ seq, onHead: false }, click)) timeline.open(seq);
}

function foldOrChoose(seq: number, isOpen: boolean, click: RowClick): void {
  if (!chose({ seq, onHead: true }, click)) timeline.fold(seq, isOpen);
}

export function TimelineColumn({ view, app, providers, nameOf }: Props) {
  const { query, answered, rows, status, reading, before, waiting } = view;
  const asked = effectiveText(answered);
  const needles = useMemo(() => needlesIn(answered), [answered]);
  const missing = useMissingIn(asked);
  const found = rows.length;
  const shown = useLines(view, app.insight);
  useWholeTimeline(view);
  const busy = reading || asked !== effectiveText(query);

  return (
    <>
      <Jump />
      <SavedSearches />
      <Bar view={view} app={app} providers={providers} />
      {isFiltering(query) ? (
        <SearchLine
          query={query}
          found={found}
          of={app.entries}
          progress={busy ? 'searching' : before === null ? 'done' : 'more'}
          onClear={() => timeline.search('')}
          onSearch={timeline.search}
        />
      ) : null}
      <FilteredAccount query={answered} version={app.insight} />
      <div className={styles.body}>
        {waiting.length > 0 && status === 'ready' ? <NewEvents waiting={waiting.length} /> : null}
        {status === 'failed' ? <ReadFailure /> : null}
        {found > 0 ? (
          <TimelineList
            key={asked}
            {...shown}
            label={asked === '' ? 'Events' : 'Events found'}
            needles={needles}
            missing={missing}
            whole={before === null}
            density={app.preferences.density}
            providers={providers}
            chosen={view.chosen}
            position={timeline.position}
            nameOf={nameOf}
            onOpen={openOrChoose}
            onFold={foldOrChoose}
            onScroll={timeline.scrolled}
            onLook={(first, last) => lookAt(first, last, shown.lines)}
          />
        ) : status === 'loading' || busy ? (
          <Busy words={isFiltering(query) ? 'Searching' : 'Reading the timeline'} />
        ) : status === 'ready' ? (
          <NothingFound query={answered} onSearch={timeline.search} />
        ) : null}
      </div>
      {view.done ? <UndoLine words={view.done} /> : null}
    </>
  );
}

function useLines(view: TimelineView, version: number) {
  const { rows, selected, onHead } = view;
  return { rows, selected, onHead, lines: linesOf(view), runs: useRunsBySeq(version) };
}

function useRunsBySeq(version: number): ReadonlyMap<number, Run> {
  const runs = useRuns(version).value?.runs;
  return useMemo(
    () => new Map(runs?.flatMap((run) => run.stages.map(({ seq }) => [seq, run] as const))),
    [runs],
  );
}
/** The timeline has all its rows as soon as the first are there. */
function useWholeTimeline({ status, reading, before }: TimelineView): void {
  const isPart = status === 'ready' && !reading && before !== null;
  useEffect(() => {
    if (isPart) void timeline.extend().catch(console.error);
  }, [isPart]);
}

const Bar = ({ view, app, providers }: Omit<Props, 'nameOf'>) =>
  view.chosen.size > 0 ? (
    <ChosenBar view={view} />
  ) : (
    <Toolbar
      query={view.query}
      asked={effectiveText(view.answered)}
      providers={providers}
      sources={app.sources}
      unseen={app.unseen}
      onToggle={timeline.toggleFilter}
      onAllSeen={() => void timeline.markAllSeen()}
    />
  );

/** Gaps and damage, newest first. None in a search: gaps say nothing between events that it found. */
function useMissingIn(asked: string): Missing[] {
  const { gaps, damages } = useMissing();
  const today = useToday();
  return useMemo(
    () => (asked === '' ? missingIn(gaps, damages, today) : []),
    [asked, gaps, damages, today],
  );
}

/** "3 new", "500+ new". */
const newWords = (waiting: number): string =>
  `${number(waiting)}${waiting < waitingAtMost ? '' : '+'} new`;

const NewEvents = ({ waiting }: { waiting: number }) => (
  <button type="button" className={styles.pill} onClick={toTop}>
    {newWords(waiting)}
    <ArrowUp size={14} aria-hidden="true" />
  </button>
);

const ReadFailure = () => (
  <div className={styles.failure}>
    <Failure title="The timeline could not be read.">
      <span>Nothing is lost.</span>
      <Button small onClick={() => void timeline.load()}>
        Try again
      </Button>
    </Failure>
  </div>
);
