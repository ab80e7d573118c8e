import { Timer } from 'lucide-react';
import type { AppState } from '../../shared/app-state.ts';
import { count } from '../../shared/english.ts';
import type { Severity } from '../../shared/kinds.ts';
import type { Run, StageView } from '../../shared/run.ts';
import { useNow } from '../clock.ts';
import { useRuns } from '../insight/use-insight.ts';
import { openPlace } from '../navigation.ts';
import { span } from '../time.ts';
import { Ago } from '../ui/Ago.tsx';
import { Busy } from '../ui/Busy.tsx';
import { Button } from '../ui/Button.tsx';
import { Chip } from '../ui/Chip.tsx';
import { Empty } from '../ui/Empty.tsx';
import { ExternalText } from '../ui/ExternalText.tsx';
import { Failure } from '../ui/Failure.tsx';
import lists from '../ui/Lists.module.css';
import { Page, Section } from '../ui/Page.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { Durations } from './Durations.tsx';
import { Elapsed } from './Elapsed.tsx';
import styles from './Runs.module.css';
import { doneWords, stageWords, userName } from './words.ts';

export function Runs({ app }: { app: AppState }) {
  const { value, failed, again } = useRuns(app.insight);
  const runs = value?.runs ?? [];
  const open = runs
    .filter(({ outcome }) => outcome === 'going-on')
    .sort((a, b) => urgency(b) - urgency(a));
  const over = runs.filter(({ outcome }) => outcome !== 'going-on');

  return (
    <Page
      title="Runs"
      lead="Recalculations: transfers are matched, then gains and losses worked out."
    >
      {failed ? (
        <Failure title="The runs could not be read.">
          <Button small onClick={again}>
            Try again
          </Button>
        </Failure>
      ) : null}
      {value === null && !failed ? <Busy words="Reading the runs" /> : null}
      {value !== null && runs.length === 0 ? (
        <div className={lists.card}>
          <Empty icon={<Timer size={24} />} title="No run yet">
            <p>A run is listed as soon as a provider says that a recalculation began or ended.</p>
          </Empty>
        </div>
      ) : null}
      {open.length > 0 ? (
        <Section title="In progress">
          <RunRows runs={open} />
        </Section>
      ) : null}
      {over.length > 0 ? (
        <Section title="Finished">
          <RunRows runs={over} />
          {value && value.more > 0 ? (
            <p className={styles.line}>{count(value.more, 'more run')} not shown.</p>
          ) : null}
        </Section>
      ) : null}
      {value && value.durations.length > 0 ? (
        <Section title="How long they take" hint="The last completed ones, up to 20 each.">
          <Durations durations={value.durations} />
        </Section>
      ) : null}
    </Page>
  );
}

const urgency = ({ stuck, overdue }: Run): number => (stuck ? 2 : overdue ? 1 : 0);

const RunRows = ({ runs }: { runs: Run[] }) => (
  <ul className={`${lists.card} ${lists.divided}`}>
    {runs.map((run) => (
      <RunRow key={`${run.sourceId} ${run.userId} ${run.stages[0]?.seq}`} run={run} />
    ))}
  </ul>
);

function RunRow({ run }: { run: Run }) {
  const { stages, stuck, overdue, simulated, endMayBeMissed } = run;
  const last = stages.at(-1);
  if (!last) return null;
  return (
    <li>
      <button
        type="button"
        className={`${lists.rowButton} ${styles.open}`}
        onClick={() => openPlace({ what: 'entry', seq: last.seq })}
      >
        <SeverityMark severity={severityOf(run)} />
        <span className={styles.words}>
          <span className={styles.name}>
            {doneWords(last)}
            {stuck ? <Chip tone="error">Stuck</Chip> : null}
            {overdue && !stuck ? <Chip tone="warning">Overdue</Chip> : null}
            {simulated ? <Chip>Simulated</Chip> : null}
          </span>
          <span className={styles.line}>
            <ExternalText text={userName(run)} />
            {stages.map((stage) => (
              <StageTime key={stage.stage} stage={stage} />
            ))}
          </span>
          <Elapsed stage={last} tone={stuck ? 'stuck' : overdue ? 'overdue' : 'well'} />
          {endMayBeMissed ? (
            <span className={styles.line}>
              Its end may have been missed: for a while since its start nothing could be received.
            </span>
          ) : null}
        </span>
        <span className={styles.time}>
          <Ago at={last.endedAt ?? last.startedAt ?? 0} />
        </span>
      </button>
    </li>
  );
}

function severityOf({ outcome, stuck, overdue }: Run): Severity {
  switch (outcome) {
    case 'going-on':
      return stuck ? 'error' : overdue ? 'warning' : 'info';
    case 'completed':
      return 'success';
    case 'failed':
      return 'error';
    case 'end-unknown':
      return 'warning';
  }
}

function StageTime({ stage }: { stage: StageView }) {
  const now = useNow();
  const { outcome, startedAt, elapsedMs, usualMs } = stage;
  const ms = outcome === 'going-on' && startedAt !== null ? now - startedAt : elapsedMs;
  if (ms === null) return null;
  return (
    <>
      {' · '}
      {stageWords[stage.stage]} {span(Math.max(0, ms))}
      {usualMs === null ? '' : ` (usually ${span(usualMs)})`}
    </>
  );
}
