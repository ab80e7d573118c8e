import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BehaviourName } from './strangers-program.ts';

export type Strangers = AsyncDisposable;

/** The receiver's port, and the one URL that strangers know. */
export type Target = { readonly port: number; readonly path: string };

/** Starts strangers; settles when each has connected. `program` is the bundled strangers-program.ts. */
export const startStrangers = async (
  program: string,
  { port, path }: Target,
  count: number,
  behaviour: BehaviourName,
): Promise<Strangers> => {
  const child = fork(program, [String(port), path, String(count), behaviour], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};
