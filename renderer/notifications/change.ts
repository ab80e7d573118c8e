import type { Settled } from '../../shared/ipc.ts';

/** Makes a change, and tells whether it is made; what keeps it from being made is said at the top of the page. */
export type Change = (change: Promise<Settled>) => Promise<boolean>;
