import * as z from 'zod/mini';
import { ConditionReason, ConditionState } from '../../shared/condition.ts';
import { conditionIdOf, kindOf } from '../../shared/conditions/conditions.ts';
import type { Folder } from '../storage/folder.ts';
import { openSmallStore, reportTrouble } from '../storage/small-store.ts';
import type { SavedCondition } from './book.ts';

const Saved = z.object({
  reason: ConditionReason,
  since: z.int(),
  state: ConditionState,
  marked: z.nullable(ConditionReason),
});

/** One that another version wrote and this one does not understand is left out. */
const File = z.object({ conditions: z.array(z.unknown()) });

export type ConditionStore = {
  /** As they were before this start. */
  readonly saved: readonly SavedCondition[];
  /** Those of them that no start finds again. */
  readonly kept: readonly ConditionReason[];
  /** Whether the person has snoozed or acknowledged a condition. */
  readonly isSetAside: (conditionId: string) => boolean;
  /** On disk when it returns, unless the disk refuses. */
  readonly save: (conditions: readonly SavedCondition[]) => void;
};

/** conditions.json in the settings folder. What a damaged file loses is marks, and what was not read yet. */
export const openConditionStore = (
  folder: Folder,
  report: (trouble: string) => void,
): ConditionStore => {
  const store = openSmallStore({
    folder,
    name: 'conditions',
    parse: (value: unknown) => File.parse(value),
  });
  const found = store.read();
  const damage = 'conditions.json was damaged: what was snoozed or known needs you again';
  reportTrouble(found, damage, report);
  let setAside: ReadonlySet<string> = new Set();
  const noteMarks = (conditions: readonly SavedCondition[]): void => {
    const marked = conditions.filter(({ state }) => state.status !== 'open');
    setAside = new Set(marked.map(({ reason }) => conditionIdOf(reason)));
  };
  const saved = found.status === 'fine' ? found.value.conditions.flatMap(savedIn) : [];
  noteMarks(saved);
  return {
    saved,
    kept: saved.flatMap(({ reason, state }) => (isKept(reason, state) ? [reason] : [])),
    isSetAside: (id) => setAside.has(id),
    save: (conditions) => {
      noteMarks(conditions);
      try {
        store.write({ conditions: [...conditions] });
      } catch {
        // The next change is saved with all of them.
      }
    },
  };
};

const savedIn = (value: unknown): SavedCondition[] => {
  const read = Saved.safeParse(value);
  return read.success ? [read.data] : [];
};

const isKept = (reason: ConditionReason, { status }: ConditionState): boolean => {
  const { isKept: kept } = kindOf(reason);
  return kept === 'until-over' || (kept === 'until-read' && status !== 'acknowledged');
};
