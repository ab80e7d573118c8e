import type { Dial } from '../../../electron/tunnel/messages.ts';
import type { TunnelState } from '../../../electron/tunnel/state.ts';
import { createSupervisor } from '../../../electron/tunnel/supervisor.ts';
import { virtualTime } from '../../support/virtual-time.ts';
import { scriptedAgent } from './scripted-agent.ts';

export const dial: Dial = {
  authtoken: 'token',
  domain: null,
  serverAddress: null,
  rootCa: null,
  forwardTo: 'http://127.0.0.1:4747',
  requestHeaders: [],
  trafficPolicy: '{}',
};

/** A supervisor in virtual time over scripted processes, without jitter. */
export const supervised = () => {
  const time = virtualTime();
  const script = scriptedAgent();
  const told: TunnelState[] = [];
  const supervisor = createSupervisor({
    agent: script.agent,
    ...time,
    chance: () => 0.5,
    onChange: (state) => told.push(state),
    log: () => {},
  });
  return {
    ...{ time, script, supervisor, told },
    status: () => supervisor.state().status,
    /** Beats every 5 s for a while, as a connection in good health does. */
    beating: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        script.last().beat();
        await time.pass(5000);
      }
    },
    /** Connected, and proven by two heartbeats. */
    connected: async () => {
      supervisor.configure(dial);
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
