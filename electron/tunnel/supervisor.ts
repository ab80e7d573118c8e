import type { Pipe } from '../../shared/pipe.ts';
import type { Schedule } from '../schedule.ts';
import { type Agent, createAgentRunner } from './agent-runner.ts';
import { step } from './machine.ts';
import { AgentEvent, type DialOptions } from './messages.ts';
import {
  initial,
  isConnected,
  type Machine,
  type ReconnectReason,
  type TunnelEvent,
  timeoutAt,
} from './phase.ts';
import { connectionStatus } from './status.ts';

export type SupervisorEdges = {
  readonly agent: Agent;
  readonly schedule: Schedule;
  /** Epoch ms, for what is shown. */
  readonly now: () => number;
  /** Ms of a clock that nobody sets, for time limits. */
  readonly steady: () => number;
  /** 0 to 1. */
  readonly chance: () => number;
  readonly onChange: (status: Pipe | null) => void;
  readonly log: (line: string) => void;
};

export type Supervisor = {
  /** How the connection stands, see `connectionStatus`; null while none is wanted. */
  readonly status: () => Pipe | null;
  /** Since when the connection stands or is unstable (epoch ms); null while there is none. */
  readonly connectedSince: () => number | null;
  /** The connection works without our traffic policy, which ngrok refused. */
  readonly policyRefused: () => boolean;
  /** Connects with these options; null ends the connection. Idempotent. */
  readonly configure: (options: DialOptions | null) => void;
  readonly reconnect: (reason: ReconnectReason) => void;
  readonly probed: (found: 'proven' | 'disproven') => void;
  /** Takes the endpoint offline and ends the agent, for good. */
  readonly close: () => Promise<void>;
};

/** Drives the machine and tells its status whenever that changes. */
export const createSupervisor = (edges: SupervisorEdges): Supervisor => {
  const { agent, schedule, now, steady, chance, onChange, log } = edges;
  let machine: Machine = initial;
  let status: Pipe | null = null;
  let line = lineOf(status, machine);
  let cancelTimeout = () => {};
  let closed: Promise<void> | null = null;

  const runner = createAgentRunner(agent, schedule, {
    message: (message) => {
      const event = AgentEvent.safeParse(message);
      if (event.success) feed({ kind: 'agent-event', event: event.data });
      else log('tunnel: the agent sent an unknown message');
    },
    exit: () => feed({ kind: 'agent-exited' }),
  });

  const feed = (event: TunnelEvent): void => {
    if (closed) return;
    const { machine: next, act } = step(machine, event, { at: steady(), chance: chance() });
    machine = next;
    if (act?.kind === 'end') runner.end();
    if (act?.kind === 'start') runner.start(act.options);
    cancelTimeout();
    cancelTimeout = scheduleTimeout(edges, machine, () => feed({ kind: 'timeout' }));
    tell();
  };

  const toEpoch = (instant: number): number => Math.round(instant + now() - steady());

  const tell = (): void => {
    const next = connectionStatus(machine, steady(), toEpoch);
    if (lineOf(next, machine) === line) return;
    status = next;
    line = lineOf(next, machine);
    log(`tunnel: ${line}`);
    onChange(next);
  };

  return {
    status: () => status,
    connectedSince: () => (isConnected(machine.phase) ? toEpoch(machine.phase.since) : null),
    policyRefused: () => machine.policyRefused,
    configure: (options) => {
      if (JSON.stringify(options) !== JSON.stringify(machine.options))
        feed({ kind: 'configured', options });
    },
    reconnect: (reason) => feed({ kind: 'reconnect', reason }),
    probed: (found) => feed({ kind: found }),
    close: () => {
      cancelTimeout();
      closed ??= runner.close();
      return closed;
    },
  };
};

const scheduleTimeout = (
  { schedule, steady }: Pick<SupervisorEdges, 'schedule' | 'steady'>,
  machine: Machine,
  task: () => void,
): (() => void) => {
  const at = timeoutAt(machine);
  return at === null ? () => {} : schedule(Math.max(at - steady(), 0), task);
};

/** The status as a line of the log. Only another line is news: another attempt is, another instant is not. */
const lineOf = (status: Pipe | null, { failures, phase, problem }: Machine): string => {
  const attempt = Math.max(phase.name === 'dialing' ? failures + 1 : failures, 1);
  switch (status?.status) {
    case undefined:
      return 'off';
    case 'connecting':
      return status.url === null ? `connecting, attempt ${attempt}` : `online at ${status.url}`;
    case 'offline': {
      const next = status.retryAt === null ? 'waits for a person' : `attempt ${attempt}`;
      return `offline: ${status.why.code} ${problem?.ngrok ?? ''}, ${next}`;
    }
    case 'degraded':
      return `degraded: ${status.why.code}`;
    case 'receiving':
    case 'local-only':
      return status.status;
  }
};
