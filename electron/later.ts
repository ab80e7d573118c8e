/** Runs a task once after at least `ms`; returns how to call it off. The edge of everything that waits. */
export type Later = (ms: number, task: () => void) => () => void;
