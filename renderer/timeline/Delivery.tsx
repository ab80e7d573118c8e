import { Bell, BellOff } from 'lucide-react';
import { wasInQuarantine } from '../../shared/notes.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { span } from '../time.ts';
import { number } from '../words.ts';
import styles from './Delivery.module.css';
import { CodeValue, FactLine, FactTable, TimeValue } from './FactList.tsx';

type Props = { entry: TimelineEntry; onCopy: (text: string) => Promise<unknown> };

const noticeable = 60_000;

export function Delivery({ entry, onCopy }: Props) {
  const { notification, receivedAt, importedAt, repeats, simulated } = entry;
  const occurredAt = entry.status === 'event' ? entry.event.occurredAt : null;
  const times = repeats + 1;

  return (
    <FactTable>
      <FactLine label="Received">
        <TimeValue at={receivedAt} />
      </FactLine>
      <FactLine label="Provider's time">
        {occurredAt === null ? (
          entry.status === 'event' ? (
            'None that can be read'
          ) : (
            'Not read'
          )
        ) : (
          <>
            <TimeValue at={occurredAt} />
            <Difference ms={receivedAt - occurredAt} />
          </>
        )}
      </FactLine>
      <FactLine label="Answered">
        {entry.notes.includes(wasInQuarantine)
          ? 'Refused, and taken when the source was corrected'
          : '200, after it was safely on disk'}
      </FactLine>
      <FactLine label="Seen">
        {times === 1 ? 'Once' : `${number(times)} times; it was kept once`}
      </FactLine>
      {importedAt === undefined ? null : (
        <FactLine label="Read from an export">
          <TimeValue at={importedAt} />
        </FactLine>
      )}
      {simulated ? <FactLine label="Sent by">Hookbell's own simulator</FactLine> : null}
      <FactLine label="Notification">
        <span className={styles.decision}>
          {notification?.shown ? <Bell size={14} /> : <BellOff size={14} />}
          <span>
            {notification
              ? `${notification.shown ? 'Shown' : 'Not shown'}. ${notification.why}`
              : undecided(entry)}
          </span>
        </span>
      </FactLine>
      <FactLine label="Place in the history">{number(entry.seq)}</FactLine>
      <FactLine label="Delivery id">
        <CodeValue label="Delivery id" value={entry.id} copy={onCopy} />
      </FactLine>
    </FactTable>
  );
}

const undecided = ({ importedAt }: TimelineEntry): string =>
  importedAt === undefined
    ? 'Not decided yet, or Hookbell ended before it was'
    : 'Not known: the export does not tell, and what is imported is not announced';

function Difference({ ms }: { ms: number }) {
  if (Math.abs(ms) < noticeable) return null;
  return (
    <p className={styles.difference}>
      {span(ms)} {ms > 0 ? 'before' : 'after'} it arrived
    </p>
  );
}
