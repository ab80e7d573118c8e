import { ChevronDown, ChevronRight, Pin } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import type { Severity } from '../../shared/kinds.ts';
import { kindOf } from '../../shared/matching.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { Ago } from '../ui/Ago.tsx';
import { Chip } from '../ui/Chip.tsx';
import { ProviderMark } from '../ui/ProviderMark.tsx';
import { SeverityMark } from '../ui/SeverityMark.tsx';
import { chipsOf } from './entry-words.ts';
import { kindIcons } from './kind-icons.ts';
import styles from './TimelineRow.module.css';

type Props = {
  id: string;
  /** Of a group, its newest. */
  entry: TimelineEntry;
  providers: ProviderInfo[];
  selected: boolean;
  /** One of those that a command acts on together. */
  chosen: boolean;
  pinned: boolean;
  unread: boolean;
  severity: Severity;
  title: ReactNode;
  says: ReactNode;
  who: ReactNode;
  /** A chip, or the stages of a run. */
  aside: ReactNode;
  /** Undefined for an entry; else whether its group is open. */
  open?: boolean;
  isMember?: boolean;
  onClick: (click: RowClick) => void;
};

/** The keys that were held. */
export type RowClick = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>;

/** The gravest chip of an entry, where it has one. */
export function EntryChip({ entry }: { entry: TimelineEntry }) {
  const chip = chipsOf(entry)[0];
  return chip ? (
    <Chip tone={chip.tone} title={chip.why}>
      {chip.words}
    </Chip>
  ) : null;
}

/** One line of the list. Text of the provider is never a link and cannot reorder the line. */
export function RowFrame(props: Props) {
  const { entry, severity, unread, open } = props;
  const Icon = kindIcons[kindOf(entry)];
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      role="option"
      id={props.id}
      aria-selected={props.selected || props.chosen}
      tabIndex={-1}
      className={styles.row}
      data-unread={unread || undefined}
      data-current={props.selected || undefined}
      data-chosen={props.chosen || undefined}
      data-severity={severity}
      data-member={props.isMember || undefined}
      onClick={props.onClick}
    >
      <span className={styles.dot} {...(unread ? { role: 'img', 'aria-label': 'Unread.' } : {})} />
      <Mark {...props} />
      <span className={styles.lines}>
        <span className={styles.line}>
          <span className={styles.what}>
            <Icon className={styles.icon} size={14} aria-hidden="true" />
            <span className={styles.title}>{props.title}</span>
            {props.pinned ? (
              <Pin size={12} className={styles.pin} role="img" aria-label="Pinned." />
            ) : null}
            {open === undefined ? null : (
              <span
                className={styles.fold}
                role="img"
                aria-label={open ? 'Open group.' : 'Closed group.'}
              >
                <Chevron size={14} />
              </span>
            )}
          </span>
          <span className={styles.time}>
            <Ago at={entry.receivedAt} form="row" />
          </span>
        </span>
        <span className={styles.line}>
          <span className={styles.second}>
            {props.says ? <span className={styles.says}>{props.says}</span> : null}
            <span className={styles.who}>{props.who}</span>
          </span>
          <span className={styles.aside}>{props.aside}</span>
        </span>
      </span>
    </button>
  );
}

const Mark = ({ entry, providers, severity }: Pick<Props, 'entry' | 'providers' | 'severity'>) => (
  <span className={styles.mark}>
    <ProviderMark provider={entry.provider} providers={providers} />
    {severity === 'info' ? null : (
      <span className={styles.badge}>
        <SeverityMark severity={severity} isSpoken />
      </span>
    )}
  </span>
);
