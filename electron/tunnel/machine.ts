import type { Dial, Said } from './messages.ts';
import {
  asleep,
  type Connection,
  isConnected,
  type Machine,
  type Phase,
  type Poke,
  type TunnelEvent,
} from './phase.ts';
import { courseOf, ownProblem, problemIn, type TunnelProblem } from './problem.ts';
import { firstSignWithin, limits, pauseAfter } from './timing.ts';

/** What the driver does beside remembering the machine: at most one process runs, so `start` ends the one before. */
export type Step = {
  readonly machine: Machine;
  readonly act: { readonly kind: 'start'; readonly dial: Dial } | { readonly kind: 'end' } | null;
};

type Moment = { readonly at: number; readonly chance: number };

const still = (machine: Machine): Step => ({ machine, act: null });

/** The whole life of the tunnel: what is, and what happens then. `chance` is 0 to 1. */
export const step = (machine: Machine, event: TunnelEvent, moment: Moment): Step => {
  switch (event.kind) {
    case 'configured':
      return configured(event.dial, moment);
    case 'said':
      return said(machine, event.said, moment);
    case 'exited':
      return isRunning(machine) ? lost(machine, ownProblem('agent-ended'), moment) : still(machine);
    case 'woke':
      return woke(machine, moment);
    case 'poked':
      return poked(machine, event.why, moment);
    case 'proven':
      return still(isConnected(machine.phase) ? proven(machine, machine.phase, moment) : machine);
    case 'disproven':
      return isConnected(machine.phase)
        ? lost(machine, ownProblem('endpoint-offline'), moment)
        : still(machine);
  }
};

const isRunning = ({ phase }: Machine): boolean => phase.name === 'dialing' || isConnected(phase);

const configured = (dial: Dial | null, { at }: Moment): Step =>
  dial === null
    ? { machine: asleep, act: { kind: 'end' } }
    : dialing({ ...asleep, dial, since: at }, dial, at);

const dialing = (machine: Machine, dial: Dial, at: number): Step => ({
  machine: {
    ...machine,
    phase: { name: 'dialing', startedAt: at, until: at + firstSignWithin(at - machine.since) },
  },
  act: {
    kind: 'start',
    dial: machine.policyRefused ? { ...dial, trafficPolicy: null } : dial,
  },
});

/** From the beginning, as if it had just been asked for. */
const anew = (machine: Machine, at: number): Step =>
  machine.dial
    ? dialing({ ...machine, since: at, failures: 0, problem: null }, machine.dial, at)
    : still(machine);

const said = (machine: Machine, message: Said, moment: Moment): Step => {
  const { phase } = machine;
  if (phase.name === 'dialing') return saidWhileDialing(machine, phase, message, moment);
  if (!isConnected(phase)) return still(machine);

  const { at } = moment;
  switch (message.what) {
    case 'heartbeat':
      return still(beaten(machine, phase, message.ms, moment));
    case 'disconnected':
      return still(shaken(machine, phase, 'disconnected', at, at + limits.sdkReconnect));
    case 'closed':
      return failed(machine, ownProblem('stopped-remotely'), moment);
    case 'failed':
      return failed(machine, problemIn(message), moment);
    case 'bound':
      return still(machine);
  }
};

const saidWhileDialing = (
  machine: Machine,
  phase: Extract<Phase, { name: 'dialing' }>,
  message: Said,
  moment: Moment,
): Step => {
  const { at } = moment;
  switch (message.what) {
    case 'heartbeat': {
      const until = phase.startedAt + limits.dial;
      return still(message.ms === null ? machine : { ...machine, phase: { ...phase, until } });
    }
    case 'bound': {
      const { url } = message;
      const until = at + limits.agentSilence;
      return still({
        ...machine,
        phase: { name: 'bound', url, since: at, beats: 0, heardAt: at, until },
      });
    }
    case 'failed':
    case 'closed':
      return failed(machine, problemIn(message), moment);
    case 'disconnected':
      // The SDK tries again by itself; the time limit of the dial holds all the same.
      return still(machine);
  }
};

const beaten = (
  machine: Machine,
  phase: Extract<Phase, Connection>,
  ms: number | null,
  moment: Moment,
): Machine => {
  const { at } = moment;
  if (ms === null) return shaken(machine, phase, 'silent', at, at + limits.missedBeat);
  if (phase.beats > 0) return proven(machine, phase, moment);

  const connection = { ...phase, beats: 1, heardAt: at };
  return phase.name === 'bound'
    ? { ...machine, phase: { ...connection, until: at + limits.agentSilence } }
    : { ...machine, phase: { ...connection, until: at + limits.secondBeat } };
};

const shaken = (
  machine: Machine,
  phase: Extract<Phase, Connection>,
  why: 'disconnected' | 'silent',
  at: number,
  until: number,
): Machine => {
  const first = phase.name === 'bound';
  return {
    ...machine,
    phase: {
      ...phase,
      name: 'shaken',
      why,
      since: first ? at : phase.since,
      beats: 0,
      // However often the SDK tells the same loss, the patience with it does not begin again.
      until: first ? until : Math.min(phase.until, until),
    },
  };
};

/** A connection that works: whatever was the matter before is over. */
const proven = (machine: Machine, phase: Extract<Phase, Connection>, { at }: Moment): Machine => ({
  ...machine,
  since: at,
  failures: 0,
  problem: null,
  phase: {
    name: 'bound',
    url: phase.url,
    since: phase.name === 'bound' ? phase.since : at,
    beats: Math.max(phase.beats, 1) + 1,
    heardAt: at,
    until: at + limits.agentSilence,
  },
});

/** The connection or its process is gone. After one that worked the next dial follows at once. */
const lost = (machine: Machine, problem: TunnelProblem, moment: Moment): Step => {
  const { phase, dial, failures } = machine;
  const worked =
    isConnected(phase) && failures === 0 && (phase.name === 'shaken' || phase.beats > 1);
  if (!worked || !dial) return failed(machine, problem, moment);

  const since = phase.name === 'shaken' ? phase.since : moment.at;
  return dialing({ ...machine, since, failures: 0, problem }, dial, moment.at);
};

const failed = (machine: Machine, problem: TunnelProblem, { at, chance }: Moment): Step => {
  const course = courseOf(problem);
  const failures = machine.failures + 1;
  const told = { ...machine, failures, problem };
  if (course === 'stop' || !machine.dial) {
    return { machine: { ...told, phase: { name: 'stopped' } }, act: { kind: 'end' } };
  }
  if (course === 'without-policy' && !machine.policyRefused) {
    return dialing({ ...told, policyRefused: true }, machine.dial, at);
  }
  const pause = pauseAfter(failures, course, { lasting: at - machine.since, chance });
  // What a fruitless dial has taken was a pause too.
  const begun = machine.phase.name === 'dialing' ? machine.phase.startedAt : at;
  const until = Math.max(begun + pause, at);
  return { machine: { ...told, phase: { name: 'waiting', until } }, act: { kind: 'end' } };
};

const woke = (machine: Machine, moment: Moment): Step => {
  const { phase, dial } = machine;
  switch (phase.name) {
    case 'off':
    case 'stopped':
      return still(machine);
    case 'waiting':
      return dial ? dialing(machine, dial, moment.at) : still(machine);
    case 'dialing':
      return failed(machine, ownProblem('no-answer'), moment);
    case 'bound':
      return lost(machine, ownProblem('agent-silent'), moment);
    case 'shaken':
      return lost(machine, ownProblem('interrupted'), moment);
  }
};

const poked = (machine: Machine, why: Poke, { at }: Moment): Step => {
  const { phase } = machine;
  switch (phase.name) {
    case 'off':
      return still(machine);
    case 'stopped':
      return why === 'asked' ? anew(machine, at) : still(machine);
    case 'waiting':
      return anew(machine, at);
    case 'dialing':
      return at - phase.startedAt < limits.pokes ? still(machine) : anew(machine, at);
    case 'bound':
    case 'shaken': {
      const justCame = phase.name === 'bound' && at - phase.since < limits.pokes;
      const mild = why === 'unlocked' || why === 'network-gained';
      const awake = mild && at - phase.heardAt < limits.freshBeat;
      return justCame || awake ? still(machine) : anew(machine, at);
    }
  }
};
