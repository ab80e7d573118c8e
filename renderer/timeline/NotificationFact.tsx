import { Bell, BellOff } from 'lucide-react';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { CleanedText } from '../ui/ExternalText.tsx';
import styles from './Delivery.module.css';
import { EventRule } from './EventRule.tsx';
import { FactLine } from './FactList.tsx';

/** Why an event popped up or did not, and the person's rule about that. */
export function NotificationFact({ entry }: { entry: TimelineEntry }) {
  const { notification } = entry;
  return (
    <FactLine label="Notification">
      <span className={styles.decision}>
        {notification?.shown ? <Bell size={14} /> : <BellOff size={14} />}
        <span>
          {notification ? (
            <CleanedText
              text={`${notification.shown ? 'Shown' : 'Not shown'}. ${notification.why}`}
            />
          ) : (
            undecided(entry)
          )}
        </span>
      </span>
      <EventRule entry={entry} />
    </FactLine>
  );
}

const undecided = ({ importedAt }: TimelineEntry): string =>
  importedAt === undefined
    ? 'Not yet: it waits for its turn, or Hookbell ended before that'
    : 'Not known: the export does not say, and what is imported is not announced';
