import type { Fact, Health } from '../../shared/event.ts';
import { summaryOf } from '../../shared/matching.ts';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { CleanedText } from '../ui/ExternalText.tsx';
import { chipsOf } from './entry-words.ts';
import { CodeValue, FactLine, FactList, FactTable } from './FactList.tsx';
import { NotificationFact } from './NotificationFact.tsx';
import styles from './Summary.module.css';

type Props = {
  entry: TimelineEntry;
  /** Null while they are read; the lines below them wait too. */
  facts: Fact[] | null;
  onCopy: (text: string) => Promise<unknown>;
};

const healthWords = {
  working: 'Works',
  failing: 'Fails to sync',
  'failing-for-now': 'Fails for now',
  unchanged: 'This event does not tell',
  removed: 'Removed',
} satisfies Record<Health, string>;

export function Summary({ entry, facts, onCopy }: Props) {
  const remarks = [...new Set([...chipsOf(entry).map(({ why }) => why), ...entry.notes])];

  return (
    <>
      {entry.status === 'event' ? (
        <EventSummary event={entry.event} facts={facts} onCopy={onCopy} />
      ) : (
        <Unrecognized entry={entry} onCopy={onCopy} />
      )}
      <FactTable>
        <NotificationFact entry={entry} />
      </FactTable>
      {remarks.length === 0 || facts === null ? null : (
        <section className={styles.notes} aria-label="Notes">
          <h3>Notes</h3>
          <ul>
            {remarks.map((remark) => (
              <li key={remark}>
                <CleanedText text={remark} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

type EventProps = Pick<Props, 'facts' | 'onCopy'> & {
  event: Extract<TimelineEntry, { status: 'event' }>['event'];
};

function EventSummary({ event, facts, onCopy }: EventProps) {
  return (
    <>
      {event.summary === '' ? null : (
        <p className={styles.sentence}>
          <CleanedText text={event.summary} />
        </p>
      )}
      {event.account ? (
        <FactTable>
          <FactLine label="Account">
            <CleanedText text={event.account.name} />
          </FactLine>
          <FactLine label="Its health">{healthWords[event.account.health]}</FactLine>
        </FactTable>
      ) : null}
      {facts ? (
        <>
          <FactList facts={facts} onCopy={onCopy} />
          <FactTable>
            <FactLine label="Event type">
              <CodeValue label="Event type" value={event.type} copy={onCopy} />
            </FactLine>
          </FactTable>
        </>
      ) : null}
    </>
  );
}

type UnrecognizedProps = Pick<Props, 'onCopy'> & {
  entry: Extract<TimelineEntry, { status: 'unrecognized' }>;
};

function Unrecognized({ entry, onCopy }: UnrecognizedProps) {
  const { proof, type, unreadable } = entry;
  return (
    <>
      <p className={styles.sentence}>
        {proof.status === 'verified'
          ? 'The delivery is genuine: its signature fits.'
          : 'The delivery fits what this source checks, but no signature proves who sent it.'}{' '}
        {unreadable
          ? `${summaryOf(entry)}, so nothing can be told of it.`
          : 'This version of Hookbell does not know what it means.'}{' '}
        It is kept as it came
        {unreadable ? '.' : ', and a later version that knows it will read it.'}
      </p>
      {unreadable ? null : (
        <FactTable>
          <FactLine label="Event type">
            {type === null ? (
              'None was given'
            ) : (
              <CodeValue label="Event type" value={type} copy={onCopy} />
            )}
          </FactLine>
        </FactTable>
      )}
    </>
  );
}
