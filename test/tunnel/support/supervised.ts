import type { DialOptions } from '../../../electron/tunnel/messages.ts';
import { createSupervisor } from '../../../electron/tunnel/supervisor.ts';
import type { Pipe } from '../../../shared/pipe.ts';
import { virtualClock } from '../../support/clock.ts';
import { publicUrl, scriptedAgent } from './scripted-agent.ts';

export const dialOptions: DialOptions = {
  authtoken: 'token',
  domain: null,
  serverAddress: null,
  rootCa: null,
  port: 4747,
  requestHeaders: [],
  trafficPolicy: '{}',
};

/** The status of a connection that stands, and is not probed. */
export const connectedStatus: Pipe = { status: 'connecting', url: publicUrl };

/** A supervisor in virtual time over scripted processes, without jitter. */
export const supervised = () => {
  const time = virtualClock();
  const script = scriptedAgent();
  const told: (Pipe | null)[] = [];
  const supervisor = createSupervisor({
    agent: script.agent,
    ...time,
    chance: () => 0.5,
    onChange: (status) => told.push(status),
    log: () => {},
  });
  return {
    time,
    script,
    supervisor,
    told,
    status: () => supervisor.status()?.status ?? 'off',
    /** Beats every 5 s for a while, as a connection in good health does. */
    beating: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        script.last().beat();
        await time.pass(5000);
      }
    },
    /** Connected, and proven by two heartbeats. */
    connected: async () => {
      supervisor.configure(dialOptions);
      const process = script.last();
      process.beat();
      process.bound();
      process.beat();
      process.beat();
      await time.pass(2500);
      return process;
    },
    /** Every process fails with this from now on, as soon as it was started, for a while. */
    failing: async (ms: number, code: string | null, text = '') => {
      const until = time.steady() + ms;
      const starts: number[] = [];
      let failed = script.processes.length - 1;
      while (time.steady() < until) {
        if (script.processes.length > failed) {
          failed = script.processes.length;
          starts.push(time.steady());
          script.last().fail(code, text);
        }
        await time.pass(50);
      }
      return starts;
    },
  };
};
