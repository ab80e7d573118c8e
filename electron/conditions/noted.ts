import type { ConditionCode, ConditionReason } from '../../shared/condition.ts';
import { conditionIdOf } from '../../shared/conditions/conditions.ts';

export type Noted = {
  /** Notes why a condition is open, and logs it. Idempotent. */
  readonly note: (reason: ConditionReason) => void;
  /** The conditions of this code are over. */
  readonly end: (code: ConditionCode) => void;
  /** Notes the reason, or ends the conditions of this code where it is null. */
  readonly set: (code: ConditionCode, reason: ConditionReason | null) => void;
  readonly list: () => readonly ConditionReason[];
};

/** E7b: a disk full of damage is told by its newest parts. */
const mostOfCode = 50;

/** The reasons that some part of the app noted, and those `kept` from before the start. */
export const createNoted = (
  log: (line: string) => void,
  onChange: () => void,
  kept: readonly ConditionReason[] = [],
): Noted => {
  const noted = new Map(kept.map((reason) => [conditionIdOf(reason), reason]));
  const ofCode = (code: ConditionCode): string[] =>
    [...noted].flatMap(([id, reason]) => (reason.code === code ? [id] : []));

  const note = (reason: ConditionReason): void => {
    const text = JSON.stringify(reason);
    const id = conditionIdOf(reason);
    const known = noted.get(id);
    if (known && JSON.stringify(known) === text) return;
    noted.set(id, reason);
    for (const old of ofCode(reason.code).slice(0, -mostOfCode)) noted.delete(old);
    log(text);
    onChange();
  };

  const end = (code: ConditionCode): void => {
    const over = ofCode(code);
    for (const id of over) noted.delete(id);
    if (over.length > 0) onChange();
  };

  return {
    note,
    end,
    set: (code, reason) => (reason ? note(reason) : end(code)),
    list: () => [...noted.values()],
  };
};
