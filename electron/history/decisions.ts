import * as z from 'zod/mini';
import { NotificationDecision } from '../../shared/timeline.ts';
import { contains, type Ranges, without, withRange } from './log/ranges.ts';

const Decided = z.extend(NotificationDecision, { of: z.array(z.tuple([z.int(), z.int()])) });

export const DecidedList = z.array(Decided);
export type DecidedList = readonly (NotificationDecision & { readonly of: Ranges })[];

/** Whether entries were announced and why, by sequence number. Most are decided alike, so a reason is stored once with ranges. */
export type Decisions = {
  of(seq: number): NotificationDecision | null;
  decide(seq: number, decision: NotificationDecision): void;
  list(): DecidedList;
};

export const createDecisions = (saved: DecidedList = []): Decisions => {
  const groups = new Map<string, { readonly decision: NotificationDecision; of: Ranges }>();
  for (const { of, ...decision } of saved) groups.set(keyOf(decision), { decision, of });

  const groupOf = (seq: number) => [...groups.values()].find(({ of }) => contains(of, seq));

  function decide(seq: number, decision: NotificationDecision): void {
    const before = groupOf(seq);
    if (before) before.of = without(before.of, seq);
    const key = keyOf(decision);
    const group = groups.get(key);
    if (group) group.of = withRange(group.of, seq, seq);
    else groups.set(key, { decision, of: [[seq, seq]] });
  }

  return {
    of: (seq: number): NotificationDecision | null => groupOf(seq)?.decision ?? null,
    decide,
    list: (): DecidedList =>
      [...groups.values()]
        .filter(({ of }) => of.length > 0)
        .map(({ decision, of }) => ({ ...decision, of })),
  };
};

const keyOf = ({ shown, why, held }: NotificationDecision): string => `${shown} ${held} ${why}`;
