import type { Refusal } from '../shared/turned-away.ts';
import type { Later } from './later.ts';

const calmMs = 5 * 60_000;

export type Crowding = ReturnType<typeof createCrowding>;

/** Whether something holds more connections open, or sends more at once, than the receiver takes (R12), until that was over for five minutes. */
export const createCrowding = (now: () => number, later: Later, onChange: () => void) => {
  let since: number | null = null;
  let end = (): void => {};

  return {
    note: (why: Refusal): void => {
      if (why !== 'too-many-connections' && why !== 'busy') return;
      const isNew = since === null;
      since ??= now();
      end();
      end = later(calmMs, () => {
        since = null;
        onChange();
      });
      if (isNew) onChange();
    },
    /** Epoch ms; null while there is room for everybody. */
    since: () => since,
  };
};
