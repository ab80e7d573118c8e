import type { Opening } from '../../shared/ipc.ts';
import type { LabelledButton } from './button.ts';

/** A native notification: plain text, already cut to size. */
export type NativeNotification = {
  /** A later one of the same id replaces it. */
  readonly id: string;
  /** The id of another notification, whose place it takes. */
  readonly replaces?: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  /** `critical` stays on the screen until the person closes it, where the system can do that. */
  readonly urgency: 'low' | 'normal' | 'critical';
  /** What a click opens. */
  readonly opening: Opening;
  /** Where the system has buttons. */
  readonly buttons?: readonly LabelledButton[];
};

export type Showing =
  | { readonly status: 'shown' }
  /** The system holds it back for now: do not disturb. */
  | { readonly status: 'held' }
  | { readonly status: 'not-shown'; readonly why: NotShown };

/** `paused`: two failed in a row, and the service is asked again in a minute. */
export type NotShown = 'no-service' | 'no-answer' | 'refused' | 'paused';

export type Notifier = {
  /** Settles within 3 s. Never rejects. */
  readonly show: (notification: NativeNotification) => Promise<Showing>;
  /**
   * Changes a notification, or the one that it replaces, where that is still on the screen or in the service's list. Else it does nothing:
   * it never makes one appear. Left out where the system cannot do that.
   */
  readonly refresh?: (notification: NativeNotification) => void;
  /** Removes a notification. Idempotent. */
  readonly withdraw: (id: string) => void;
  /** Calls `listener` whenever the system shows notifications again: its service answers, or no longer holds them back. */
  readonly onAvailable?: (listener: () => void) => void;
};
