import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { killLoop, type Tally } from '../support/kill-loop.ts';
import { onMountedImage } from './disk-image.ts';

type Options = Omit<Parameters<typeof killLoop>[0], 'folder' | 'end'>;

/** The kill loop on a mounted image. Each kill leaves on it what a power cut would leave. */
export const cutPower = (options: Options): Promise<Tally> =>
  onMountedImage(128, (image) =>
    killLoop({
      ...options,
      folder: join(image.path, 'hookbell'),
      end: async ({ pid, kill, ended }) => {
        await stopped(pid);
        await image.cutPower(async () => {
          kill();
          await ended;
        });
      },
    }),
  );

/** Stops a process and waits until all its threads stand still, system calls included. */
async function stopped(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const threads = join('/proc', String(pid), 'task');
  const isStopped = (thread: string) =>
    / \(.*\) [Tt] /.test(readFileSync(join(threads, thread, 'stat'), 'utf8'));
  while (!readdirSync(threads).every(isStopped)) await nextTurn();
}
