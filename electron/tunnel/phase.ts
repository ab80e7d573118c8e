import type { Dial, Said } from './messages.ts';
import type { TunnelProblem } from './problem.ts';

/** Why the connection may be stale. */
export type Poke =
  | 'resumed'
  | 'unlocked'
  | 'network-lost'
  | 'network-gained'
  | 'clock-jumped'
  | 'asked';

export type TunnelEvent =
  | { readonly kind: 'configured'; readonly dial: Dial | null }
  | { readonly kind: 'said'; readonly said: Said }
  | { readonly kind: 'exited' }
  | { readonly kind: 'woke' }
  | { readonly kind: 'poked'; readonly why: Poke }
  /** A request came back through the public URL. */
  | { readonly kind: 'proven' }
  /** ngrok said to a request through the public URL that nothing is online there. */
  | { readonly kind: 'disproven' };

/** Instants are ms of a steady clock. */
export type Phase =
  | { readonly name: 'off' }
  | { readonly name: 'stopped' }
  | { readonly name: 'dialing'; readonly startedAt: number; readonly until: number }
  | { readonly name: 'waiting'; readonly until: number }
  | ({ readonly name: 'bound' } & Connection)
  | ({ readonly name: 'shaken'; readonly why: 'disconnected' | 'silent' } & Connection);

export type Connection = {
  readonly url: string;
  readonly since: number;
  /** Heartbeats in a row. Two are the first real sign of life. */
  readonly beats: number;
  readonly heardAt: number;
  readonly until: number;
};

export type Machine = {
  readonly dial: Dial | null;
  readonly phase: Phase;
  /** Since when, how often in a row and why it last failed; cleared when a connection has proven itself. */
  readonly since: number;
  readonly failures: number;
  readonly problem: TunnelProblem | null;
  /** The service did not take our traffic policy. */
  readonly policyRefused: boolean;
};

export const asleep: Machine = {
  dial: null,
  phase: { name: 'off' },
  since: 0,
  failures: 0,
  problem: null,
  policyRefused: false,
};

export const isConnected = (phase: Phase): phase is Extract<Phase, Connection> =>
  phase.name === 'bound' || phase.name === 'shaken';

/** When the machine wants to be woken; null when only an event can move it. */
export const wakeAt = ({ phase }: Machine): number | null =>
  phase.name === 'off' || phase.name === 'stopped' ? null : phase.until;
