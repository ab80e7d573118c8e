import type { Settled } from '../../../shared/ipc.ts';
import { writeProblem } from '../../setup/store-problems.ts';

/** Makes a change of the settings. What the disk refuses is an answer for the person, not a bug. */
export type Settle = (change: () => void | Promise<void>) => Promise<Settled>;

/** `onDone` is called after each change that was made. */
export const createSettle =
  (onDone: () => void): Settle =>
  async (change) => {
    try {
      await change();
    } catch (error) {
      return { status: 'failed', problem: writeProblem(error) };
    }
    onDone();
    return { status: 'done' };
  };
