import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PrivateBus = AsyncDisposable & {
  readonly address: string;
  /** Ends the bus and cuts off every connection. */
  readonly stop: () => Promise<void>;
  /** Starts it again at the same address. */
  readonly start: () => Promise<void>;
  /** Freezes the bus process, and resumes it. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  /** How many programs of `neverStarting` it has started. */
  readonly started: () => number;
};

/**
 * A private session bus. `neverStarting` are names whose program the bus starts, and which that program never takes.
 */
export const openPrivateBus = async (
  neverStarting: readonly string[] = [],
): Promise<PrivateBus> => {
  const folder = mkdtempSync(join(tmpdir(), 'hookbell-bus-'));
  const started = join(folder, 'started');
  const config = join(folder, 'bus.conf');
  const address = `unix:path=${join(folder, 'bus')}`;
  mkdirSync(join(folder, 'services'));
  for (const name of neverStarting)
    writeFileSync(
      join(folder, 'services', `${name}.service`),
      `[D-BUS Service]\nName=${name}\nExec=/bin/sh -c "echo $$ >> ${started}; exec sleep 600"\n`,
    );
  writeFileSync(config, configOf(address, join(folder, 'services')));
  const pids = (): number[] =>
    existsSync(started) ? readFileSync(started, 'utf8').trim().split('\n').map(Number) : [];
  let running = await start();

  async function start(): Promise<ChildProcess> {
    rmSync(join(folder, 'bus'), { force: true });
    const daemon = spawn(
      'dbus-daemon',
      [`--config-file=${config}`, '--nofork', '--print-address'],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    daemon.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000);
    });
    const failed = once(daemon, 'exit').then(([code]) => {
      throw new Error(`dbus-daemon ended with ${code}\n${said}`);
    });
    await Promise.race([once(daemon.stdout, 'data'), failed]);
    failed.catch(() => {});
    return daemon;
  }

  const stop = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  };

  return {
    address,
    stop,
    start: async () => {
      running = await start();
    },
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    started: () => pids().length,
    [Symbol.asyncDispose]: async () => {
      await stop();
      pids().forEach(end);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const configOf = (address: string, services: string) => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

const end = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
};
