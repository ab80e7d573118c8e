import type { Progress } from '../../../electron/transfer/progress.ts';

/** Progress that nobody watches and nobody cancels. */
export const progress: Progress = { count: () => {}, checkCancelled: () => {}, setTotal: () => {} };
