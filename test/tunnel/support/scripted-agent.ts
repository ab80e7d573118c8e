import type { Agent } from '../../../electron/tunnel/agent-runner.ts';
import type { AgentCommand, AgentEvent, DialOptions } from '../../../electron/tunnel/messages.ts';

export type ScriptedProcess = {
  readonly commands: AgentCommand[];
  readonly dialOptions: () => DialOptions | undefined;
  readonly isKilled: () => boolean;
  readonly say: (event: AgentEvent) => void;
  readonly sayAnything: (message: unknown) => void;
  readonly exit: () => void;
  readonly bound: () => void;
  readonly beat: () => void;
  readonly missBeat: () => void;
  readonly fail: (code: string | null, text?: string) => void;
};

export const publicUrl = 'https://hookbell.ngrok-free.app';

/** Tunnel processes that do only what the test says. */
export const scriptedAgent = () => {
  const processes: ScriptedProcess[] = [];
  const agent: Agent = {
    start: ({ message, exit }) => {
      const commands: AgentCommand[] = [];
      let killed = false;
      const say = (event: AgentEvent) => message(event);
      processes.push({
        commands,
        dialOptions: () =>
          commands.flatMap((command) => (command.what === 'dial' ? [command.options] : []))[0],
        isKilled: () => killed,
        say,
        sayAnything: message,
        exit,
        bound: () => say({ what: 'bound', url: publicUrl }),
        beat: () => say({ what: 'heartbeat' }),
        missBeat: () => say({ what: 'heartbeat-missed' }),
        fail: (code, text = '') => say({ what: 'failed', code, text }),
      });
      return {
        post: (command) => void commands.push(command),
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
