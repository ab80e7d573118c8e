import type { Later } from '../later.ts';
import type { Marks } from './marks.ts';

const saveMs = 1000;
/** Time for deliveries between two files. */
const betweenFilesMs = 20;

/** Saves marks a moment after they change, a file at a time. `attempt` runs a step of it and says why it failed, if it did. */
export const createMarksSaver = (
  marks: Pick<Marks, 'saving'>,
  later: Later,
  attempt: (step: () => void) => void,
) => {
  let isScheduled = false;

  function save(saving: ReturnType<Marks['saving']>): void {
    isScheduled = false;
    attempt(() => {
      isScheduled = saving.next().done === false;
    });
    if (isScheduled) later(betweenFilesMs, () => save(saving));
  }

  return {
    /** What changed is saved soon; said again before that, it is saved once. */
    schedule: (): void => {
      if (isScheduled) return;
      isScheduled = true;
      later(saveMs, () => save(marks.saving()));
    },
  };
};
