import type { Later } from '../later.ts';
import { step } from './machine.ts';
import { type Dial, type Order, Said } from './messages.ts';
import { asleep, type Machine, type Poke, type TunnelEvent, wakeAt } from './phase.ts';
import { stateOf, type TunnelState } from './state.ts';

/** A process that holds one connection to ngrok. It can be ended at any moment, and with it all it had. */
export type AgentProcess = {
  readonly post: (order: Order) => void;
  readonly kill: () => void;
};

/** The edge that starts one. Nothing is called back before `start` has returned. */
export type Agent = {
  readonly start: (on: {
    readonly message: (message: unknown) => void;
    readonly exit: () => void;
  }) => AgentProcess;
};

export type SupervisorEdges = {
  readonly agent: Agent;
  readonly later: Later;
  /** Epoch ms, for what is told. */
  readonly now: () => number;
  /** Ms of a clock that nobody sets, for what is waited for. */
  readonly steady: () => number;
  /** 0 to 1. */
  readonly chance: () => number;
  readonly onChange: (state: TunnelState) => void;
  readonly log: (line: string) => void;
};

const closeWithinMs = 1500;

/** Keeps one connection to ngrok alive, whatever happens to it, until it is told otherwise. */
export const createSupervisor = (edges: SupervisorEdges) => {
  const { agent, later, now, steady, chance, onChange, log } = edges;
  let machine: Machine = asleep;
  let running: AgentProcess | null = null;
  let callOff = () => {};
  let state: TunnelState = { status: 'off' };
  let closed: Promise<void> | null = null;
  let closing: { readonly process: AgentProcess | null; readonly gone: () => void } | null = null;

  const feed = (event: TunnelEvent): void => {
    if (closing) return;
    const { machine: next, act } = step(machine, event, { at: steady(), chance: chance() });
    machine = next;
    if (act) endRunning();
    if (act?.kind === 'start') start(act.dial);
    scheduleWake();
    tell();
  };

  const start = (dial: Dial): void => {
    const process = agent.start({
      message: (message) => {
        if (running !== process) return;
        const said = Said.safeParse(message);
        if (said.success) feed({ kind: 'said', said: said.data });
        else log('tunnel: the tunnel process said something unknown');
      },
      exit: () => {
        if (closing?.process === process) closing.gone();
        if (running !== process) return;
        running = null;
        feed({ kind: 'exited' });
      },
    });
    running = process;
    process.post({ what: 'dial', dial });
  };

  const endRunning = (): void => {
    const process = running;
    running = null;
    process?.kill();
  };

  const scheduleWake = (): void => {
    callOff();
    const at = wakeAt(machine);
    callOff =
      at === null ? () => {} : later(Math.max(at - steady(), 0), () => feed({ kind: 'woke' }));
  };

  /** Tells a state once: only another status, url, problem or attempt makes it another one. */
  const tell = (): void => {
    const at = steady();
    const epoch = now() - at;
    const next = stateOf(machine, at, (instant) => Math.round(instant + epoch));
    if (markOf(next) === markOf(state)) return;
    state = next;
    log(`tunnel: ${markOf(next)}`);
    onChange(next);
  };

  return {
    state: (): TunnelState => state,
    /** The service did not take our traffic policy; it is connected without. */
    policyRefused: (): boolean => machine.policyRefused,
    /** Connects so, or not at all. The same again changes nothing. */
    configure: (dial: Dial | null): void => {
      if (JSON.stringify(dial) !== JSON.stringify(machine.dial)) feed({ kind: 'configured', dial });
    },
    /** The connection may be stale, or a person wants it tried again. */
    poke: (why: Poke): void => feed({ kind: 'poked', why }),
    /** What a request through the public URL has shown. */
    found: (what: 'proven' | 'disproven'): void => feed({ kind: what }),
    /** Takes the endpoint offline and ends the process; settles when it is gone. Nothing starts after that. */
    close: (): Promise<void> => {
      closed ??= new Promise((resolve) => {
        const process = running;
        running = null;
        callOff();
        const late = later(closeWithinMs, () => {
          process?.kill();
          resolve();
        });
        const gone = () => {
          late();
          resolve();
        };
        closing = { process, gone };
        if (process) process.post({ what: 'close' });
        else gone();
      });
      return closed;
    },
  };
};

const markOf = (state: TunnelState): string => {
  switch (state.status) {
    case 'off':
      return state.status;
    case 'connecting':
      return `connecting, attempt ${state.attempt}`;
    case 'online':
      return `online at ${state.url}`;
    case 'degraded':
      return `degraded: ${state.why}`;
    case 'failed': {
      const { problem, attempt, retryAt } = state;
      const next = retryAt === null ? 'waits for a person' : `attempt ${attempt}`;
      return `failed: ${problem.code} ${problem.ngrok ?? ''}, ${next}`;
    }
  }
};

export type Supervisor = ReturnType<typeof createSupervisor>;
