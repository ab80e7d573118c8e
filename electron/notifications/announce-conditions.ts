import type { Condition, ConditionReason } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import { lengthWords } from '../../shared/time-words.ts';
import type { Conditions } from './conditions.ts';

export type AnnounceConditionsOptions = {
  readonly announcer: Pick<Conditions, 'opened' | 'ended' | 'closed'>;
  /** The name of a source. */
  readonly nameOf: (sourceId: string) => string;
  /** Epoch ms. */
  readonly now: () => number;
  /** False where one ended without being over: nothing is said of that end. */
  readonly isOver: (reason: ConditionReason) => boolean;
  /** What became of the announcement of an opened one is known. It is not called while that waits or is held. */
  readonly onTold: (conditionId: string) => void;
};

/** Announces those conditions that notify by themselves, see `NotifiesItself`. */
export const announceConditions = (
  changes: { readonly opened: readonly Condition[]; readonly ended: readonly Condition[] },
  { announcer, nameOf, now, isOver, onTold }: AnnounceConditionsOptions,
): void => {
  for (const { id, reason } of changes.opened) {
    const { notifies, words } = kindOf(reason);
    if (typeof notifies === 'string') continue;
    const { title, advice } = words(reason, nameOf);
    announcer.opened({
      ...{ id, kind: notifies.as, title, body: advice },
      opening: { what: 'condition', id },
      source: sourceOf(reason, nameOf),
      simulated: 'simulated' in reason && reason.simulated,
      decided: (_shown, _how, held) => {
        if (held === undefined) onTold(id);
      },
    });
  }
  for (const { id, reason, since } of changes.ended) {
    const { notifies } = kindOf(reason);
    if (typeof notifies === 'string') continue;
    if (notifies.over === null) {
      announcer.closed(id);
      continue;
    }
    if (!isOver(reason)) {
      announcer.ended(id, null);
      continue;
    }
    const title = notifies.over(reason, nameOf, lengthWords(now() - since));
    announcer.ended(id, { title, body: '' });
  }
};

const sourceOf = (reason: ConditionReason, nameOf: AnnounceConditionsOptions['nameOf']) =>
  'sourceId' in reason
    ? { id: reason.sourceId, name: nameOf(reason.sourceId) }
    : { id: '', name: 'Hookbell' };
