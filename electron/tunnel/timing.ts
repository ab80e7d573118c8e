import { heartbeat } from './messages.ts';
import type { Course } from './problem.ts';

const second = 1000;
const minute = 60 * second;
const beat = heartbeat.intervalSeconds * second;

/** How long things may take, in ms. */
export const limits = {
  /** A dial in all: connect, authenticate, bind. */
  dial: 15 * second,
  /** Until the first sign of life of a dial, in the first two minutes: on a dead path a fresh connection helps sooner than patience. */
  firstSign: 4 * second,
  /** After a loss the SDK itself dials at once, after 50 ms and after 2.5 s; its next try would be two minutes later. */
  sdkReconnect: 3.5 * second,
  /** From its first heartbeat a connection has this long for the second one, which comes after authentication and binding. */
  secondBeat: beat + 3 * second,
  /** Since a missed heartbeat: interval and tolerance have already passed in vain. */
  missedBeat: 2.5 * second,
  /** The tunnel process speaks at every heartbeat, or says that one was missed. */
  agentSilence: beat + heartbeat.toleranceSeconds * second + 6 * second,
  /** A heartbeat within this time says that an unlocked computer has not slept, and that a new network took nothing away. */
  freshBeat: 1.5 * beat,
  /** Several reasons to dial anew come together, as after sleep: one is enough. */
  pokes: 2 * second,
} as const;

const quickFor: Readonly<Record<Exclude<Course, 'stop'>, number>> = {
  again: 2 * minute,
  wait: minute,
  'make-room': 2 * minute,
  slowly: 0,
  'without-policy': 2 * minute,
};
const quickest = 500;
const quickCap = 3 * second;
const slowCap = 30 * second;

/** How long a trouble may last before it is told as a failure rather than as "connecting". */
export const patienceWith: Readonly<Record<Course, number>> = {
  stop: 0,
  again: 10 * second,
  wait: minute,
  'make-room': 0,
  slowly: 0,
  'without-policy': 10 * second,
};

/** The pause after the nth failure in a row: from half a second, doubling, at first to a few seconds, later to half a minute. */
export const pauseAfter = (
  failures: number,
  course: Exclude<Course, 'stop'>,
  { lasting, chance }: { readonly lasting: number; readonly chance: number },
): number => {
  const quick = lasting < quickFor[course];
  const doubled = course === 'slowly' ? slowCap : quickest * 2 ** Math.min(failures - 1, 10);
  const jittered = Math.min(doubled, quick ? quickCap : slowCap) * (0.8 + 0.4 * chance);
  return Math.min(jittered, slowCap);
};

/** Until when a dial must have shown its first sign of life. */
export const firstSignWithin = (lasting: number): number =>
  lasting < 2 * minute ? limits.firstSign : limits.dial;
