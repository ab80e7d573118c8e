import { memo, useMemo } from 'react';
import type { Run } from '../../shared/run.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useOwnName, withOwnName } from '../insight/own-names.ts';
import { userName } from '../runs/words.ts';
import { CleanedText } from '../ui/ExternalText.tsx';
import { severityOf } from './entry-words.ts';
import { groupWords } from './group-words.ts';
import type { Group } from './groups.ts';
import { EntryChip, type RowClick, RowFrame } from './RowFrame.tsx';
import type { Row } from './rows.ts';
import styles from './TimelineRow.module.css';

type Props = {
  rows: readonly Row[];
  group: Group;
  lead: Extract<TimelineEntry, { status: 'event' }>;
  /** By the entries that told of its stages. */
  runs: ReadonlyMap<number, Run>;
  sourceName: string;
  providers: ProviderInfo[];
  selected: boolean;
  /** Entries that a command acts on together. */
  chosen: ReadonlySet<number>;
  open: boolean;
  onFold: (seq: number, isOpen: boolean, click: RowClick) => void;
};

export const headId = (seq: number): string => `group-${seq}`;

/** The head of a group: one thing with a count, which opens in place. */
export const GroupRow = memo(function GroupRow(props: Props) {
  const { rows, group, lead, runs, open } = props;
  const members = useMemo(() => group.members.flatMap((index) => rows[index] ?? []), [rows, group]);
  const unread = useMemo(() => members.some(({ seen }) => !seen), [members]);
  const isChosen = members.every(({ seq }) => props.chosen.has(seq));
  const run = group.as === 'run' ? runOf(members, runs) : null;
  const words = groupWords(group.as, members, lead, run);
  const ownName = useOwnName(lead);

  return (
    <RowFrame
      id={headId(lead.seq)}
      entry={lead}
      providers={props.providers}
      selected={props.selected}
      chosen={isChosen}
      pinned={members.some(({ entry }) => entry?.pinned)}
      unread={unread}
      severity={run?.stuck ? 'warning' : severityOf(lead)}
      title={
        <CleanedText text={withOwnName(words.title, group.as === 'outage' ? ownName : null)} />
      }
      says={words.second ? <CleanedText text={words.second} /> : null}
      who={
        <CleanedText
          text={
            run && run.user !== null ? `${userName(run)} · ${props.sourceName}` : props.sourceName
          }
        />
      }
      aside={
        <>
          {run ? <Stages run={run} /> : null}
          {lead.simulated ? <EntryChip entry={lead} /> : null}
        </>
      }
      open={open}
      onClick={(click) => props.onFold(lead.seq, !open, click)}
    />
  );
});

const runOf = (members: readonly Row[], runs: ReadonlyMap<number, Run>): Run | null =>
  members.map(({ seq }) => runs.get(seq)).find((run) => run !== undefined) ?? null;

/** The two stages of a run as two bars. The line beside them says the same in words. */
const Stages = ({ run: { stages, stuck, overdue } }: { run: Run }) => (
  <span className={styles.stages} aria-hidden="true">
    {(['transfers', 'gains'] as const).map((stage) => {
      const outcome = stages.find((one) => one.stage === stage)?.outcome ?? 'none';
      const isLate = outcome === 'going-on' && (stuck || overdue);
      return <span key={stage} data-outcome={isLate ? 'late' : outcome} />;
    })}
  </span>
);
