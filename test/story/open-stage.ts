import type { NotificationServer } from '../../bench/harness/notification-server.ts';
import type { ElectronTestApp } from '../support/electron.ts';
import type { OpenOptions } from '../support/test-app.ts';
import type { Stage } from './day.ts';

/** What one notification on the screen said, one after another. */
export type PlaceOnScreen = {
  readonly titles: readonly string[];
  readonly body: string;
  readonly isWithdrawn: boolean;
};

/** A stage, and what the person sees on it. */
export type OpenStage = AsyncDisposable & {
  readonly stage: Omit<Stage, 'scene'>;
  /** Oldest first. */
  readonly places: () => readonly PlaceOnScreen[];
  /** When each of them appeared, epoch ms; null where the desktop has a clock of its own. */
  readonly appearedAt: () => readonly number[] | null;
  /** The real app, with its desktop's notification service; null in plain Node. */
  readonly desktop: { readonly app: ElectronTestApp; readonly server: NotificationServer } | null;
};

export type StageOptions = OpenOptions & { readonly startsAt: number };

export const distinct = (texts: readonly string[]): string[] =>
  texts.filter((text, at) => text !== texts[at - 1]);
