import type { HeldBy, NotificationDecision } from '../../shared/timeline.ts';
import { answerWords } from '../words/answers.ts';
import type { Trial } from './create-trial.ts';

export type Step = {
  readonly words: string;
  readonly state: 'done' | 'now' | 'failed' | 'later';
};

/** Why a trial goes no further, and what mends it. */
export type Failure = {
  readonly words: string;
  readonly mend: 'resume' | 'open-health' | 'open-notify' | null;
};

/** What a step says before it is done, where it is the next one, and after it. */
const steps: readonly { readonly open: string; readonly now?: string; readonly after: string }[] = [
  {
    open: 'Sending a made-up failed sync to the receiver',
    after: 'A made-up failed sync was sent to the receiver',
  },
  { open: 'The receiver verifies and keeps it', after: 'The receiver verified and kept it' },
  { open: 'Its row comes into the timeline', after: 'Its row is in the timeline' },
  { open: 'The system shows its notification', after: 'The system showed its notification' },
  {
    open: 'Your click on it leads to the event',
    now: 'Click the notification: it leads to the event',
    after: 'You clicked the notification',
  },
];

/** The steps of a trial, in their order. */
export function stepsOf(trial: Trial): Step[] {
  const done = doneIn(trial);
  const next = failureOf(trial) ? 'failed' : 'now';
  return steps.map(({ open, now = open, after }, at) => {
    if (at < done) return { words: after, state: 'done' };
    return at === done ? { words: now, state: next } : { words: open, state: 'later' };
  });
}

function doneIn(trial: Trial): number {
  switch (trial.at) {
    case 'sending':
      return 0;
    case 'refused':
      return trial.answer === null || trial.answer.status === 0 ? 0 : 1;
    case 'kept':
      return 2;
    case 'in-timeline':
      return 3;
    case 'decided':
      return trial.notification.shown ? 4 : 3;
    case 'clicked':
      return steps.length;
  }
}

/** Null while nothing failed. */
export function failureOf(trial: Trial): Failure | null {
  if (trial.at === 'refused')
    return {
      words: `The receiver: ${trial.answer === null ? 'no answer' : answerWords(trial.answer)}.`,
      mend: 'open-health',
    };
  return trial.at === 'decided' && !trial.notification.shown ? notShown(trial.notification) : null;
}

const heldBy: Readonly<Record<HeldBy, Failure>> = {
  paused: { words: 'Notifications are paused.', mend: 'resume' },
  'quiet-hours': { words: 'Quiet hours hold it back.', mend: 'open-notify' },
  system: {
    words: 'The system holds it back. Switch off its do not disturb, and it is shown.',
    mend: null,
  },
};

const notShown = ({ held, why }: NotificationDecision): Failure =>
  held ? heldBy[held] : { words: `No notification: ${why}.`, mend: 'open-notify' };

/** What came of a test, in one line. The entry itself says why it was not announced. */
export function outcomeWords(trial: Trial): string {
  const failure = failureOf(trial);
  switch (trial.at) {
    case 'sending':
      return 'Sending a test';
    case 'refused':
      return `Test not kept. ${failure?.words ?? ''}`;
    case 'kept':
    case 'in-timeline':
      return 'Test kept; its notification follows';
    case 'decided':
      if (trial.notification.held) return `Test kept. ${failure?.words ?? ''}`;
      return failure ? 'Test kept, not announced' : 'Test kept, and its notification was shown';
    case 'clicked':
      return 'Test kept, notification shown and clicked';
  }
}
