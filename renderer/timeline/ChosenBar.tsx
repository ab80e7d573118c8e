import { Archive, ArchiveX, Mail, MailOpen, Pin, PinOff, X } from 'lucide-react';
import { number } from '../../shared/english.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { keyFor } from '../ui/key-table.ts';
import styles from './Toolbar.module.css';
import { timeline } from './timeline.ts';
import type { TimelineView } from './view.ts';

type Props = { view: Pick<TimelineView, 'rows' | 'chosen'> };

/** Stands in the place of the filters while rows are chosen. */
export function ChosenBar({ view: { rows, chosen } }: Props) {
  const entries = rows.flatMap(({ entry }) => (entry && chosen.has(entry.seq) ? [entry] : []));
  const [isUnread, isKept, isLoose] = [
    entries.some((entry) => !entry.seen),
    entries.some((entry) => !entry.archived),
    entries.some((entry) => !entry.pinned),
  ];
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="Selected events">
      <span className={styles.quiet}>{number(chosen.size)} selected</span>
      <span className={styles.space} />
      <IconButton
        label={isUnread ? 'Mark as read' : 'Mark as unread'}
        shortcut={keyFor('toggle-seen')}
        onClick={() => timeline.toggleMark('seen')}
      >
        {isUnread ? <MailOpen size={16} /> : <Mail size={16} />}
      </IconButton>
      <MarkButtons archived={!isKept} pinned={!isLoose} onMark={timeline.toggleMark} />
      <IconButton label="Select none" shortcut={keyFor('back')} onClick={timeline.chooseNone}>
        <X size={16} />
      </IconButton>
    </div>
  );
}

/** Archives and pins one entry. */
export const EntryMarks = ({ entry }: { entry: TimelineEntry }) => (
  <MarkButtons
    archived={entry.archived === true}
    pinned={entry.pinned === true}
    onMark={(name) => void timeline.mark(name, !entry[name], [entry.seq])}
  />
);

type MarkProps = {
  archived: boolean;
  pinned: boolean;
  onMark: (name: 'archived' | 'pinned') => void;
};

const MarkButtons = ({ archived, pinned, onMark }: MarkProps) => (
  <>
    <IconButton
      label={pinned ? 'Unpin' : 'Pin'}
      shortcut={keyFor('pin')}
      onClick={() => onMark('pinned')}
    >
      {pinned ? <PinOff size={16} /> : <Pin size={16} />}
    </IconButton>
    <IconButton
      label={archived ? 'Take out of the archive' : 'Archive'}
      shortcut={keyFor('archive')}
      onClick={() => onMark('archived')}
    >
      {archived ? <ArchiveX size={16} /> : <Archive size={16} />}
    </IconButton>
  </>
);
