import * as z from 'zod/mini';
import { NotificationDecision } from '../../shared/timeline.ts';
import { contains, type Ranges, without, withRange } from './seen.ts';

/** One decision, and the entries it was made for. */
const Decided = z.extend(NotificationDecision, { of: z.array(z.tuple([z.int(), z.int()])) });

/** What was decided about entries, as it is saved. */
export const DecidedList = z.array(Decided);
export type DecidedList = readonly (NotificationDecision & { readonly of: Ranges })[];

export type Decisions = ReturnType<typeof createDecisions>;

/** Whether entries were announced and why, by sequence number. Most are decided alike: a sentence and a range say it of thousands. */
export const createDecisions = (saved: DecidedList = []) => {
  const groups = new Map<string, { readonly decision: NotificationDecision; of: Ranges }>();
  for (const { shown, why, of } of saved)
    groups.set(keyOf({ shown, why }), { decision: { shown, why }, of });

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
    /** Takes over what was decided elsewhere about entries nothing is decided about here. */
    adopt: (others: DecidedList): void => {
      for (const { shown, why, of } of others)
        for (const [from, to] of of)
          for (let seq = from; seq <= to; seq += 1) if (!groupOf(seq)) decide(seq, { shown, why });
    },
    list: (): DecidedList =>
      [...groups.values()]
        .filter(({ of }) => of.length > 0)
        .map(({ decision, of }) => ({ ...decision, of })),
  };
};

const keyOf = ({ shown, why }: NotificationDecision): string => `${shown} ${why}`;
