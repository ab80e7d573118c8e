import { type EventKind, kinds } from '../../shared/kinds.ts';
import type { DetailLevel } from '../../shared/settings.ts';
import type { Notifier, Showing } from './notifier.ts';
import { singleNotification } from './wording.ts';

export type TestNotificationOptions = {
  readonly notifier: Pick<Notifier, 'show'>;
  readonly detail: () => DetailLevel;
  readonly newId: () => string;
};

/** Shows a notification of a kind that says that it is a test. Settles as the notifier. */
export type TestNotifications = (kind: EventKind) => Promise<Showing>;

export const createTestNotifications =
  ({ notifier, detail, newId }: TestNotificationOptions): TestNotifications =>
  (kind) => {
    const example = singleNotification(
      `test-${newId()}`,
      {
        kind,
        sourceId: '',
        sourceName: 'Hookbell',
        title: kinds[kind].label,
        body: 'This is how it looks. Nothing has happened',
        quiet: false,
        simulated: false,
        opening: { what: 'page', page: 'notifications' },
        decided: () => {},
      },
      detail(),
    );
    return notifier.show({ ...example, title: `Test: ${example.title}` });
  };
