import { Pin } from 'lucide-react';
import { memo } from 'react';
import { summaryOf, titleOf } from '../../shared/matching.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { useOwnName, withOwnName } from '../insight/own-names.ts';
import { Ago } from '../ui/Ago.tsx';
import { Chip } from '../ui/Chip.tsx';
import { CleanedText, ExternalText } from '../ui/ExternalText.tsx';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { chipsOf, severityOf } from './entry-words.ts';
import { inView } from './in-view.ts';
import styles from './TimelineRow.module.css';

type Props = {
  entry: TimelineEntry;
  sourceName: string;
  providers: ProviderInfo[];
  selected: boolean;
  /** One of those that a command acts on together. */
  chosen?: boolean;
  /** Folded, as `needlesIn` gives them. */
  needles: readonly string[];
  onOpen: (seq: number, click: RowClick) => void;
};

/** The keys that were held. */
export type RowClick = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

export const rowId = (seq: number): string => `entry-${seq}`;

/** One entry. Text of the provider is never a link and cannot reorder the line. */
export const TimelineRow = memo(function TimelineRow(props: Props) {
  const { entry, sourceName, providers, selected, chosen = false, needles, onOpen } = props;
  const provider = providers.find(({ id }) => id === entry.provider)?.name ?? entry.provider;
  const title = withOwnName(titleOf(entry, provider), useOwnName(entry));
  const severity = severityOf(entry);
  const chip = chipsOf(entry)[0];

  return (
    <button
      type="button"
      role="option"
      id={rowId(entry.seq)}
      aria-selected={selected || chosen}
      tabIndex={-1}
      className={styles.row}
      data-unread={!entry.seen || undefined}
      data-current={selected || undefined}
      data-chosen={chosen || undefined}
      data-severity={severity}
      onClick={(click) => onOpen(entry.seq, click)}
    >
      <span
        className={styles.dot}
        {...(entry.seen ? {} : { role: 'img', 'aria-label': 'Unread.' })}
      />
      <span className={styles.mark}>
        <ProviderMark provider={entry.provider} providers={providers} />
        {severity === 'info' ? null : (
          <span className={styles.badge}>
            <SeverityMark severity={severity} isSpoken />
          </span>
        )}
      </span>
      <span className={styles.lines}>
        <span className={styles.line}>
          <span className={styles.title}>
            <CleanedText text={title} needles={needles} />
          </span>
          {entry.pinned ? (
            <Pin size={12} className={styles.pin} role="img" aria-label="Pinned." />
          ) : null}
          <span className={styles.time}>
            <Ago at={entry.receivedAt} form="row" />
          </span>
        </span>
        <span className={styles.line}>
          <SecondLine entry={entry} sourceName={sourceName} needles={needles} />
          {chip ? (
            <Chip tone={chip.tone} title={chip.why}>
              {chip.words}
            </Chip>
          ) : null}
        </span>
      </span>
    </button>
  );
});

type SecondProps = Pick<Props, 'entry' | 'sourceName' | 'needles'>;

function SecondLine({ entry, sourceName, needles }: SecondProps) {
  const { found } = entry;
  const summary = summaryOf(entry);
  return (
    <span className={styles.second}>
      {found ? (
        <>
          {found.label} <CleanedText text={inView(found.value, needles)} needles={needles} />
          <span> · </span>
        </>
      ) : null}
      <CleanedText text={sourceName} needles={needles} />
      {found || summary === '' ? null : (
        <>
          <span> · </span>
          <ExternalText text={summary} cleaned={entry.status === 'event'} needles={needles} />
        </>
      )}
    </span>
  );
}
