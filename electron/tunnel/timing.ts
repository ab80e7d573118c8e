import { heartbeat } from './messages.ts';

const second = 1000;
const beat = heartbeat.intervalSeconds * second;

/** How long a connection may take or stay silent, in ms. `retry.ts` has the pauses between attempts. */
export const tunnelTimes = {
  /** A whole dial: connect, authenticate, bind. */
  wholeDial: 15 * second,
  /** Until a dial's first heartbeat, in the first two minutes: on a dead path a fresh connection helps sooner. */
  firstBeat: 4 * second,
  /** After a loss the SDK itself dials at once, after 50 ms and after 2.5 s; its next attempt would be two minutes later. */
  sdkReconnect: 3.5 * second,
  /** From a connection's first heartbeat to its second, which comes after authentication and binding. */
  secondBeat: beat + 3 * second,
  /** Since a missed heartbeat: interval and tolerance have already passed in vain. */
  missedBeat: 2.5 * second,
  /** The agent tells every heartbeat, answered or missed. */
  agentSilence: beat + heartbeat.toleranceSeconds * second + 6 * second,
  /** A heartbeat this fresh shows that an unlocked computer did not sleep, and that a new network broke nothing. */
  freshBeat: 1.5 * beat,
  /** Several reasons to reconnect come together, as after sleep: one is enough. */
  reconnect: 2 * second,
} as const;

export const firstBeatWithin = (failingForMs: number): number =>
  failingForMs < 120 * second ? tunnelTimes.firstBeat : tunnelTimes.wholeDial;
