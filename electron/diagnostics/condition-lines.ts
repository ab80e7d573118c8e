import type { Condition } from '../../shared/condition.ts';
import { kindOf } from '../../shared/conditions/conditions.ts';
import type { ReportTools } from '../../shared/conditions/kind.ts';

/** A condition in one line: its code, and what it says without telling whose it is. */
export const conditionLine = ({ reason, state }: Condition, tools: ReportTools): string =>
  [
    reason.code,
    ...kindOf(reason).facts(reason, tools),
    ...(state.status === 'open' ? [] : [state.status]),
  ].join(', ');
