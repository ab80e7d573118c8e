import type { Schedule } from '../schedule.ts';
import { type AgentCommand, type DialOptions, protocol } from './messages.ts';

/** A process that holds one connection to ngrok, and ends with it. */
export type AgentProcess = {
  readonly post: (command: AgentCommand) => void;
  readonly kill: () => void;
};

/** The edge that starts agents. It calls nothing back before `start` has returned. */
export type Agent = {
  readonly start: (on: {
    readonly message: (message: unknown) => void;
    readonly exit: () => void;
  }) => AgentProcess;
};

export type AgentRunner = {
  /** Kills the agent that runs, starts another and has it dial. */
  readonly start: (options: DialOptions) => void;
  readonly end: () => void;
  /** Takes the endpoint offline and ends the agent, within 1.5 s. */
  readonly close: () => Promise<void>;
};

const closeWithinMs = 1500;

/** Runs at most one agent, and listens to no other. */
export const createAgentRunner = (
  agent: Agent,
  schedule: Schedule,
  on: { readonly message: (message: unknown) => void; readonly exit: () => void },
): AgentRunner => {
  let running: AgentProcess | null = null;
  let closing: { readonly process: AgentProcess; readonly gone: () => void } | null = null;

  const end = (): void => {
    const process = running;
    running = null;
    process?.kill();
  };

  const exited = (process: AgentProcess): void => {
    if (closing?.process === process) closing.gone();
    if (running !== process) return;
    running = null;
    on.exit();
  };

  return {
    start: (options) => {
      end();
      const process = agent.start({
        message: (message) => {
          if (running === process) on.message(message);
        },
        exit: () => exited(process),
      });
      running = process;
      process.post({ what: 'dial', protocol, options });
    },
    end,
    close: () =>
      new Promise((resolve) => {
        const process = running;
        running = null;
        if (!process) {
          resolve();
          return;
        }
        const cancelKill = schedule(closeWithinMs, () => {
          process.kill();
          resolve();
        });
        const gone = () => {
          cancelKill();
          resolve();
        };
        closing = { process, gone };
        process.post({ what: 'close' });
      }),
  };
};
