import { number } from '../../shared/english.ts';
import { wasInQuarantine } from '../../shared/notes.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { span } from '../time.ts';
import styles from './Delivery.module.css';
import { CodeValue, FactLine, FactTable, TimeValue } from './FactList.tsx';
import { NotificationFact } from './NotificationFact.tsx';

type Props = { entry: TimelineEntry; onCopy: (text: string) => Promise<unknown> };

const noticeable = 60_000;

export function Delivery({ entry, onCopy }: Props) {
  const { receivedAt, importedAt, duplicates, simulated } = entry;
  const occurredAt = entry.status === 'event' ? entry.event.occurredAt : null;
  const times = duplicates + 1;

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
      <NotificationFact entry={entry} />
      <FactLine label="Place in the history">{number(entry.seq)}</FactLine>
      <FactLine label="Delivery id">
        <CodeValue label="Delivery id" value={entry.id} copy={onCopy} />
      </FactLine>
      <FactLine label="Link">
        <CodeValue label="Link" value={`hookbell://event/${entry.id}`} copy={onCopy} />
      </FactLine>
    </FactTable>
  );
}

function Difference({ ms }: { ms: number }) {
  if (Math.abs(ms) < noticeable) return null;
  return (
    <p className={styles.difference}>
      {span(ms)} {ms > 0 ? 'before' : 'after'} it arrived
    </p>
  );
}
