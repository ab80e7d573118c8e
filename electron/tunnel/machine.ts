import type { AgentEvent, DialOptions } from './messages.ts';
import {
  type Connected,
  initial,
  isConnected,
  type Machine,
  type Phase,
  type TunnelEvent,
} from './phase.ts';
import { ownProblem, problemIn, type TunnelProblem } from './problem.ts';
import { dialsOnReconnect, redialsAtOnce, retryAfter } from './retry.ts';
import { firstBeatWithin, tunnelTimes } from './timing.ts';

/** The machine after an event, and what its driver does then. `start` first ends the running agent. */
export type Transition = {
  readonly machine: Machine;
  readonly act:
    | { readonly kind: 'start'; readonly options: DialOptions }
    | { readonly kind: 'end' }
    | null;
};

type Moment = { readonly at: number; readonly chance: number };

const noAct = (machine: Machine): Transition => ({ machine, act: null });

/** The whole life of the tunnel as one pure function. `at` is of a steady clock, `chance` 0 to 1. */
export const step = (machine: Machine, event: TunnelEvent, moment: Moment): Transition => {
  const { phase } = machine;
  switch (event.kind) {
    case 'configured':
      return afterConfiguration(event.options, moment);
    case 'agent-event':
      return afterAgentEvent(machine, event.event, moment);
    case 'agent-exited':
      return phase.name === 'dialing' || isConnected(phase)
        ? afterLoss(machine, ownProblem('agent-ended'), moment)
        : noAct(machine);
    case 'timeout':
      return afterTimeout(machine, moment);
    case 'reconnect':
      return dialsOnReconnect(phase, event.reason, moment.at)
        ? startOver(machine, moment.at)
        : noAct(machine);
    case 'proven':
      return noAct(isConnected(phase) ? asProven(machine, phase, moment) : machine);
    case 'disproven':
      return isConnected(phase)
        ? afterLoss(machine, ownProblem('endpoint-offline'), moment)
        : noAct(machine);
  }
};

const afterConfiguration = (options: DialOptions | null, { at }: Moment): Transition =>
  options === null
    ? { machine: initial, act: { kind: 'end' } }
    : startDial({ ...initial, options, withoutConnectionSince: at }, options, at);

const startDial = (machine: Machine, options: DialOptions, at: number): Transition => {
  const until = at + firstBeatWithin(at - machine.withoutConnectionSince);
  return {
    machine: { ...machine, phase: { name: 'dialing', startedAt: at, until } },
    act: {
      kind: 'start',
      options: machine.policyRefused ? { ...options, trafficPolicy: null } : options,
    },
  };
};

/** Dials without counting earlier failures. */
const startOver = (machine: Machine, at: number): Transition =>
  machine.options
    ? startDial(
        { ...machine, withoutConnectionSince: at, failures: 0, problem: null },
        machine.options,
        at,
      )
    : noAct(machine);

const afterAgentEvent = (machine: Machine, event: AgentEvent, moment: Moment): Transition => {
  const { phase } = machine;
  if (phase.name === 'dialing') return whileDialing(machine, phase, event, moment);
  if (!isConnected(phase)) return noAct(machine);

  switch (event.what) {
    case 'heartbeat':
      return noAct(withHeartbeat(machine, phase, moment));
    case 'heartbeat-missed':
      return noAct(asUnstable(machine, phase, 'silent', moment.at));
    case 'disconnected':
      return noAct(asUnstable(machine, phase, 'disconnected', moment.at));
    case 'closed':
      return afterFailure(machine, ownProblem('stopped-remotely'), moment);
    case 'failed':
      return afterFailure(machine, problemIn(event), moment);
    case 'bound':
      return noAct(machine);
  }
};

const whileDialing = (
  machine: Machine,
  phase: Extract<Phase, { name: 'dialing' }>,
  event: AgentEvent,
  moment: Moment,
): Transition => {
  const { at } = moment;
  switch (event.what) {
    case 'heartbeat': {
      const until = phase.startedAt + tunnelTimes.wholeDial;
      return noAct({ ...machine, phase: { ...phase, until } });
    }
    case 'heartbeat-missed':
      return noAct(machine);
    case 'bound': {
      const until = at + tunnelTimes.agentSilence;
      return noAct({
        ...machine,
        phase: { name: 'bound', url: event.url, since: at, beats: 0, heardAt: at, until },
      });
    }
    case 'failed':
    case 'closed':
      return afterFailure(machine, problemIn(event), moment);
    case 'disconnected':
      // The SDK dials again by itself, within the same time limit.
      return noAct(machine);
  }
};

const withHeartbeat = (machine: Machine, phase: Connected, moment: Moment): Machine => {
  const { at } = moment;
  if (phase.beats > 0) return asProven(machine, phase, moment);

  const until = at + (phase.name === 'bound' ? tunnelTimes.agentSilence : tunnelTimes.secondBeat);
  return { ...machine, phase: { ...phase, beats: 1, heardAt: at, until } };
};

const asUnstable = (
  machine: Machine,
  phase: Connected,
  why: 'disconnected' | 'silent',
  at: number,
): Machine => {
  const until = at + (why === 'silent' ? tunnelTimes.missedBeat : tunnelTimes.sdkReconnect);
  const isFirst = phase.name === 'bound';
  return {
    ...machine,
    phase: {
      name: 'unstable',
      why,
      url: phase.url,
      since: isFirst ? at : phase.since,
      beats: 0,
      heardAt: phase.heardAt,
      // The SDK may report one loss several times; the first report sets the limit.
      until: isFirst ? until : Math.min(phase.until, until),
    },
  };
};

const asProven = (machine: Machine, phase: Connected, { at }: Moment): Machine => ({
  ...machine,
  withoutConnectionSince: at,
  failures: 0,
  problem: null,
  phase: {
    name: 'bound',
    url: phase.url,
    since: phase.name === 'bound' ? phase.since : at,
    beats: Math.max(phase.beats, 1) + 1,
    heardAt: at,
    until: at + tunnelTimes.agentSilence,
  },
});

/** The connection or its agent is gone. `redialsAtOnce` decides whether that counts as a failure. */
const afterLoss = (machine: Machine, problem: TunnelProblem, moment: Moment): Transition => {
  const { phase, options } = machine;
  if (!redialsAtOnce(machine) || !options) return afterFailure(machine, problem, moment);

  const withoutConnectionSince = phase.name === 'unstable' ? phase.since : moment.at;
  return startDial(
    { ...machine, withoutConnectionSince, failures: 0, problem },
    options,
    moment.at,
  );
};

/** `retryAfter` decides whether and when to dial again. */
const afterFailure = (
  before: Machine,
  problem: TunnelProblem,
  { at, chance }: Moment,
): Transition => {
  const machine = { ...before, failures: before.failures + 1, problem };
  const { options, failures, policyRefused, phase } = machine;
  const failingForMs = at - machine.withoutConnectionSince;
  const retry = retryAfter({ problem, failures, failingForMs, policyRefused, chance });
  if (retry.kind === 'never' || !options)
    return { machine: { ...machine, phase: { name: 'stopped' } }, act: { kind: 'end' } };
  if (retry.kind === 'without-policy')
    return startDial({ ...machine, policyRefused: true }, options, at);

  const startedAt = phase.name === 'dialing' ? phase.startedAt : at;
  const until = Math.max(startedAt + retry.ms, at);
  return { machine: { ...machine, phase: { name: 'backing-off', until } }, act: { kind: 'end' } };
};

const afterTimeout = (machine: Machine, moment: Moment): Transition => {
  const { phase, options } = machine;
  switch (phase.name) {
    case 'off':
    case 'stopped':
      return noAct(machine);
    case 'backing-off':
      return options ? startDial(machine, options, moment.at) : noAct(machine);
    case 'dialing':
      return afterFailure(machine, ownProblem('no-answer'), moment);
    case 'bound':
      return afterLoss(machine, ownProblem('agent-silent'), moment);
    case 'unstable':
      return afterLoss(machine, ownProblem('interrupted'), moment);
  }
};
