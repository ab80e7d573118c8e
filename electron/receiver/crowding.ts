import type { Refusal } from '../../shared/refusals.ts';
import type { Schedule } from '../schedule.ts';

const calmMs = 5 * 60_000;

export type Crowding = {
  readonly note: (why: Refusal) => void;
  /** Epoch ms; null while nothing is crowded out. */
  readonly since: () => number | null;
};

/** Whether clients exceed the receiver's capacity or connections (R12). Ends five minutes after the last such refusal. */
export const createCrowding = (
  now: () => number,
  schedule: Schedule,
  onChange: () => void,
): Crowding => {
  let since: number | null = null;
  let cancelEnd = (): void => {};

  return {
    note: (why) => {
      if (why !== 'too-many-connections' && why !== 'busy') return;
      const isNew = since === null;
      since ??= now();
      cancelEnd();
      cancelEnd = schedule(calmMs, () => {
        since = null;
        onChange();
      });
      if (isNew) onChange();
    },
    since: () => since,
  };
};
