import type { Condition, ConditionCode, ConditionReason, ReasonOf } from '../condition.ts';
import type { ConditionKind } from './kind.ts';
import { kinds } from './kinds.ts';

/** What follows from the code of a reason. */
export const kindOf = <C extends ConditionCode>(
  reason: ReasonOf<C>,
): ConditionKind<ReasonOf<C>> => {
  const code: C = reason.code;
  return kinds[code];
};

/** The same while the condition lasts, also after a restart. */
export const conditionIdOf = (reason: ConditionReason): string => {
  const identity = kindOf(reason).identity(reason);
  return identity === '' ? reason.code : `${reason.code} ${identity}`;
};

/** Those that need the person now: neither snoozed nor acknowledged. */
export const openOnes = <C extends Pick<Condition, 'state'>>(conditions: readonly C[]): C[] =>
  conditions.filter(({ state }) => state.status === 'open');

/** Those of them that something is to be done about, which header and tray count. */
export const neededOnes = <C extends Pick<Condition, 'reason' | 'state'>>(
  conditions: readonly C[],
): C[] => openOnes(conditions).filter(({ reason }) => kindOf(reason).asks === 'to-do');
