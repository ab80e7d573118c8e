import type { AgentEvent, DialOptions } from './messages.ts';
import type { TunnelProblem } from './problem.ts';

/** Why the connection may be stale, or `asked` where a person wants it tried again. */
export type ReconnectReason =
  | 'resumed'
  | 'unlocked'
  | 'network-lost'
  | 'network-gained'
  | 'clock-jumped'
  | 'asked';

export type TunnelEvent =
  | { readonly kind: 'configured'; readonly options: DialOptions | null }
  | { readonly kind: 'agent-event'; readonly event: AgentEvent }
  | { readonly kind: 'agent-exited' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'reconnect'; readonly reason: ReconnectReason }
  /** A probe came back through the public URL. */
  | { readonly kind: 'proven' }
  /** ngrok answered a probe that nothing is online at the public URL. */
  | { readonly kind: 'disproven' };

/** Instants are ms of a steady clock; `until` is when the phase times out. */
export type Phase =
  | { readonly name: 'off' }
  | { readonly name: 'stopped' }
  | { readonly name: 'dialing'; readonly startedAt: number; readonly until: number }
  | { readonly name: 'backing-off'; readonly until: number }
  | ({ readonly name: 'bound' } & Connection)
  | ({ readonly name: 'unstable'; readonly why: 'disconnected' | 'silent' } & Connection);

export type Connection = {
  readonly url: string;
  /** When it was bound, or became unstable. */
  readonly since: number;
  /** Heartbeats in a row. Only the second one comes after authentication and binding. */
  readonly beats: number;
  readonly heardAt: number;
  readonly until: number;
};

export type Connected = Extract<Phase, Connection>;

export type Machine = {
  /** The wanted connection; null while none is wanted. */
  readonly options: DialOptions | null;
  readonly phase: Phase;
  /** Since when the tunnel has been wanted without a connection that works. A reconnection without a pause starts it anew. */
  readonly withoutConnectionSince: number;
  /** Failures in a row, and the last one; cleared by a connection that works. */
  readonly failures: number;
  readonly problem: TunnelProblem | null;
  readonly policyRefused: boolean;
};

export const initial: Machine = {
  options: null,
  phase: { name: 'off' },
  withoutConnectionSince: 0,
  failures: 0,
  problem: null,
  policyRefused: false,
};

export const isConnected = (phase: Phase): phase is Connected =>
  phase.name === 'bound' || phase.name === 'unstable';

/** When the machine needs a `timeout` event; null when only another event can move it. */
export const timeoutAt = ({ phase }: Machine): number | null =>
  phase.name === 'off' || phase.name === 'stopped' ? null : phase.until;
