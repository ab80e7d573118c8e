import type { Dial, Order, Said } from '../../../electron/tunnel/messages.ts';
import type { Agent } from '../../../electron/tunnel/supervisor.ts';

export type ScriptedProcess = {
  readonly orders: Order[];
  readonly dial: () => Dial | undefined;
  readonly isKilled: () => boolean;
  readonly say: (said: Said) => void;
  readonly sayAnything: (message: unknown) => void;
  readonly exit: () => void;
  readonly bound: () => void;
  readonly beat: (ms?: number | null) => void;
  readonly fail: (code: string | null, text?: string) => void;
};

export const publicUrl = 'https://hookbell.ngrok-free.app';

/** Tunnel processes that do only what the test says. */
export const scriptedAgent = () => {
  const processes: ScriptedProcess[] = [];
  const agent: Agent = {
    start: ({ message, exit }) => {
      const orders: Order[] = [];
      let killed = false;
      const say = (said: Said) => message(said);
      processes.push({
        orders,
        dial: () => orders.flatMap((order) => (order.what === 'dial' ? [order.dial] : []))[0],
        isKilled: () => killed,
        say,
        sayAnything: message,
        exit,
        bound: () => say({ what: 'bound', url: publicUrl }),
        beat: (ms = 40) => say({ what: 'heartbeat', ms }),
        fail: (code, text = '') => say({ what: 'failed', code, text }),
      });
      return {
        post: (order) => void orders.push(order),
        kill: () => {
          killed = true;
        },
      };
    },
  };
  return {
    agent,
    processes,
    /** The newest process. */
    last: (): ScriptedProcess => {
      const process = processes.at(-1);
      if (!process) throw new Error('no process was started');
      return process;
    },
  };
};
