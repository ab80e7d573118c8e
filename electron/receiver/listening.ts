import type { ConditionReason } from '../../shared/condition.ts';

/** Whether the HTTP server listens. `since` is epoch ms. */
export type Listening =
  | { readonly status: 'starting' }
  | {
      readonly status: 'listening';
      readonly port: number;
      /** The usual port, where another program uses it and `port` is the next free one. */
      readonly insteadOf?: number;
    }
  | {
      readonly status: 'failed';
      /** The first port that was tried. Where it is not `fixed`, those after it are in use too. */
      readonly port: number;
      readonly fixed: boolean;
      readonly since: number;
    };

/** Null where the receiver has its usual port. */
export const portTaken = (listening: Listening): ConditionReason | null => {
  if (listening.status === 'failed') {
    const { port, fixed } = listening;
    return { code: 'port-taken', port, fixed, instead: null };
  }
  if (listening.status === 'starting' || listening.insteadOf === undefined) return null;
  const { port, insteadOf } = listening;
  return { code: 'port-taken', port: insteadOf, fixed: false, instead: port };
};
