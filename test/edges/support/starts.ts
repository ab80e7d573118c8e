import { type ChildProcess, fork } from 'node:child_process';
import * as z from 'zod/mini';
import type { Program } from '../../support/bundle.ts';

const Claimed = z.object({
  claim: z.enum(['held', 'taken', 'elsewhere']),
  asked: z.optional(z.unknown()),
});
const Kept = z.object({ id: z.string(), status: z.int() });

export type Started = z.infer<typeof Claimed> & {
  readonly process: ChildProcess;
  /** Delivers, and settles with the status of the answer. */
  readonly deliver: (id: string) => Promise<number>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
};

/** Starts of one program, each in its own process, which end with the test. */
export const startsOf = (program: Program) => {
  const running: ChildProcess[] = [];

  const start = (userData: string): Promise<Started> => {
    const child = fork(program.file, [userData], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    running.push(child);
    const kill = (signal: NodeJS.Signals = 'SIGKILL') =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill(signal);
      });
    const deliver = (id: string): Promise<number> =>
      new Promise((resolve) => {
        child.on('message', function heard(message) {
          const kept = Kept.safeParse(message).data;
          if (kept?.id !== id) return;
          child.off('message', heard);
          resolve(kept.status);
        });
        child.send(id);
      });
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`It ended with ${code}`)));
      child.once('message', (message) =>
        resolve({ ...Claimed.parse(message), process: child, deliver, kill }),
      );
    });
  };

  return {
    start,
    [Symbol.dispose]: () => {
      for (const child of running) child.kill('SIGKILL');
    },
  };
};
