import { memo } from 'react';
import { summaryOf, titleOf } from '../../shared/matching.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useOwnName, withOwnName } from '../insight/own-names.ts';
import { CleanedText, ExternalText } from '../ui/ExternalText.tsx';
import { severityOf } from './entry-words.ts';
import { inView } from './in-view.ts';
import { EntryChip, type RowClick, RowFrame } from './RowFrame.tsx';

type Props = {
  entry: TimelineEntry;
  sourceName: string;
  providers: ProviderInfo[];
  selected: boolean;
  /** One of those that a command acts on together. */
  chosen?: boolean;
  /** Folded, as `needlesIn` gives them. */
  needles: readonly string[];
  /** It stands under the head of its group. */
  isMember?: boolean;
  onOpen: (seq: number, click: RowClick) => void;
};

export const rowId = (seq: number): string => `entry-${seq}`;

/** One entry. */
export const TimelineRow = memo(function TimelineRow(props: Props) {
  const { entry, sourceName, providers, needles, onOpen } = props;
  const provider = providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider;
  const title = withOwnName(titleOf(entry, provider), useOwnName(entry));

  return (
    <RowFrame
      id={rowId(entry.seq)}
      entry={entry}
      providers={providers}
      selected={props.selected}
      chosen={props.chosen ?? false}
      pinned={entry.pinned ?? false}
      unread={!entry.seen}
      severity={severityOf(entry)}
      isMember={props.isMember ?? false}
      title={<CleanedText text={title} needles={needles} />}
      says={saysOf(entry, needles)}
      who={<CleanedText text={sourceName} needles={needles} />}
      aside={<EntryChip entry={entry} />}
      onClick={(click) => onOpen(entry.seq, click)}
    />
  );
});

/** Why, who or how much: what a search found, else the summary, else what else the provider said. */
function saysOf(entry: TimelineEntry, needles: readonly string[]) {
  const { found } = entry;
  if (found)
    return (
      <>
        {found.label} <CleanedText text={inView(found.value, needles)} needles={needles} />
      </>
    );
  const isEvent = entry.status === 'event';
  const told = summaryOf(entry) || (isEvent && (entry.event.account?.owner?.name ?? ''));
  return told ? <ExternalText text={told} cleaned={isEvent} needles={needles} /> : null;
}
