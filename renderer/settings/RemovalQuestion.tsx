import { useState } from 'react';
import type { Settled } from '../../shared/ipc.ts';
import type { Loss, Retention } from '../../shared/settings.ts';
import { ask } from '../state.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { finalWords, lossWords } from '../words/losses.ts';
import { whyNot } from '../words/problems.ts';

/** What a choice would remove, where the person has not agreed. */
export const lossIn = (outcome: Settled): Loss | null =>
  outcome.status === 'failed' && outcome.problem.code === 'events-would-be-removed'
    ? outcome.problem
    : null;

type Props = { retention: Retention; loss: Loss; onClose: () => void };

/** Asks before events are removed, and again where it has become many more. */
export function RemovalQuestion({ retention, loss: shownFirst, onClose }: Props) {
  const [loss, setLoss] = useState(shownFirst);

  const remove = async () => {
    let isMore = false;
    const why = await whyNot(
      ask('changeRetention', { retention, agreedUpTo: loss.upTo }).then((outcome) => {
        const more = lossIn(outcome);
        isMore = more !== null;
        if (more) setLoss(more);
        return outcome;
      }),
    );
    return isMore ? 'By now more would go. Look at it again.' : why;
  };

  return (
    <Confirm
      title="Remove old events?"
      verb="Remove them"
      dangerous
      onClose={onClose}
      onConfirm={remove}
    >
      {lossWords(loss)} will be removed. {finalWords(loss)}
    </Confirm>
  );
}
