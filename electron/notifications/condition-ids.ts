import type { TimelineEntry } from '../../shared/timeline.ts';

/** The condition of an entry's account; null where it is about none. */
export const accountConditionId = (entry: TimelineEntry): string | null => {
  const account = entry.status === 'event' ? entry.event.account : null;
  const realm = entry.simulated ? 'simulated' : 'real';
  return account && `account-failing ${realm} ${entry.sourceId} ${account.id}`;
};

/** The condition of a user's stuck run. */
export const runConditionId = ({
  sourceId,
  userId,
  simulated,
}: {
  readonly sourceId: string;
  readonly userId: string;
  readonly simulated: boolean;
}): string => `run-stuck ${simulated ? 'simulated' : 'real'} ${sourceId} ${userId}`;

export const rejectionsConditionId = (sourceId: string): string =>
  `deliveries-rejected ${sourceId}`;

/** There has been no public URL for five minutes. */
export const noWayInId = 'no-way-in';

/** The disk refuses events. */
export const eventsRefusedId = 'events-refused';
