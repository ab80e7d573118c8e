import type { Opening } from '../../shared/ipc.ts';

/** One native notification as the system is asked to show it: plain text, already cut to size. */
export type NativeNotification = {
  /** Names the thing that it tells of: a later one of the same id takes its place. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  /** `critical` stays on the screen until the person has seen it, where the system knows that. */
  readonly urgency: 'low' | 'normal' | 'critical';
  /** Where a click leads. */
  readonly opening: Opening;
  /** Buttons, where the system offers them. */
  readonly actions?: readonly NotificationAction[];
};

/** A button of a notification. `id` is not shown, and is any but `default`, which means the notification itself. */
export type NotificationAction = { readonly id: string; readonly label: string };

/** What became of a notification, as far as the system tells. */
export type Showing =
  | { readonly status: 'shown' }
  /** The system took it and holds it back for now: do not disturb. */
  | { readonly status: 'held' }
  | { readonly status: 'not-shown'; readonly why: NotShown };

/** There is no service, it did not answer in time, or it refused. `paused`: two failed in a row, and it is asked again in a minute. */
export type NotShown = 'no-service' | 'no-answer' | 'refused' | 'paused';

/** The system's notifications. */
export type Notifier = {
  /** Settles within 3 s. Never rejects. */
  readonly show: (notification: NativeNotification) => Promise<Showing>;
  /** Takes one away that is shown. One that is gone already is no error. */
  readonly withdraw: (id: string) => void;
  /**
   * Calls `listener` whenever the system shows notifications again: a service has come or answers again, or holds them back no longer.
   * Without it the system does not tell.
   */
  readonly onAgain?: (listener: () => void) => void;
};
