import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { Agent } from '../../../electron/tunnel/agent-runner.ts';

const root = join(import.meta.dirname, '../../..');

/** Bundles the tunnel process for Node; inside the project, where it finds the SDK. */
export const bundleAgent = async () => {
  const folder = join(root, `node_modules/.cache/tunnel-agent-${process.pid}`);
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    ssr: { noExternal: true, external: ['@ngrok/ngrok'] },
    build: {
      ssr: join(import.meta.dirname, 'agent-process.ts'),
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'agent.mjs' } },
    },
  });
  return {
    file: join(folder, 'agent.mjs'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Starts real tunnel processes, and remembers them so that a test can do things to them. */
export const forkedAgent = (
  file: string,
): Agent & { readonly children: readonly ChildProcess[] } => {
  const children: ChildProcess[] = [];
  return {
    children,
    start: ({ message, exit }) => {
      const child = fork(file, [], { stdio: 'ignore', execArgv: [] });
      children.push(child);
      child.on('message', message);
      child.on('error', () => {});
      child.once('exit', exit);
      return {
        post: (command) => void child.send(command, () => {}),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
};
