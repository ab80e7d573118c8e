import * as z from 'zod/mini';
import type { Machine, Phase } from './phase.ts';
import { courseOf, TunnelProblem } from './problem.ts';
import { patienceWith } from './timing.ts';

/** How the connection to ngrok stands. Instants are epoch ms. Whether deliveries really get through only the probe can tell. */
export const TunnelState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('off') }),
  /** `since`: when it was asked for, or lost. */
  z.object({ status: z.literal('connecting'), since: z.number(), attempt: z.int() }),
  z.object({ status: z.literal('online'), url: z.string(), since: z.number() }),
  /** The connection has gone quiet or broke a moment ago, and may come back by itself. */
  z.object({
    status: z.literal('degraded'),
    url: z.string(),
    since: z.number(),
    why: z.enum(['disconnected', 'silent']),
  }),
  /** `retryAt`: when it is, or was just, tried again; null when it waits for a person. */
  z.object({
    status: z.literal('failed'),
    problem: TunnelProblem,
    since: z.number(),
    attempt: z.int(),
    retryAt: z.nullable(z.number()),
  }),
]);
export type TunnelState = z.infer<typeof TunnelState>;

/** How it stands, for people. `epoch` turns an instant of the steady clock into one of the calendar. */
export const stateOf = (
  { phase, since, failures, problem }: Machine,
  at: number,
  epoch: (at: number) => number,
): TunnelState => {
  switch (phase.name) {
    case 'off':
      return { status: 'off' };
    case 'bound':
      return { status: 'online', url: phase.url, since: epoch(phase.since) };
    case 'shaken':
      return { status: 'degraded', url: phase.url, since: epoch(phase.since), why: phase.why };
    case 'stopped':
    case 'waiting':
    case 'dialing': {
      const attempt = phase.name === 'dialing' ? failures + 1 : failures;
      if (!problem || at - since < patienceWith[courseOf(problem)]) {
        return { status: 'connecting', since: epoch(since), attempt: Math.max(attempt, 1) };
      }
      const retryAt = retryAtOf(phase);
      return {
        status: 'failed',
        problem,
        since: epoch(since),
        attempt: Math.max(attempt, 1),
        retryAt: retryAt === null ? null : epoch(retryAt),
      };
    }
  }
};

const retryAtOf = (phase: Phase): number | null => {
  if (phase.name === 'waiting') return phase.until;
  return phase.name === 'dialing' ? phase.startedAt : null;
};
