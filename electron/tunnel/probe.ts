import * as z from 'zod/mini';
import type { Later } from '../later.ts';
import { probePrefix } from './policy.ts';
import { problemIn, TunnelProblem } from './problem.ts';

/** What the public URL answered. */
export type PublicAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly ngrokError: string | null }
  | { readonly kind: 'unreachable'; readonly text: string };

/** Where the way in is broken. */
export const Fault = z.object({
  where: z.enum([
    /** Our own server does not answer on loopback. */
    'receiver',
    /** The service answered in our place. */
    'tunnel',
    /** The public URL cannot be reached from here. */
    'edge',
    /** Something answered that is not us. */
    'elsewhere',
  ]),
  problem: z.nullable(TunnelProblem),
});
export type Fault = z.infer<typeof Fault>;

export const ProbeState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('idle') }),
  z.object({ status: z.literal('checking'), since: z.number() }),
  z.object({ status: z.literal('receiving'), checkedAt: z.number(), tookMs: z.number() }),
  z.object({ status: z.literal('failing'), fault: Fault, since: z.number() }),
]);
export type ProbeState = z.infer<typeof ProbeState>;

export type ProbeEdges = {
  readonly later: Later;
  /** Epoch ms. */
  readonly now: () => number;
  readonly steady: () => number;
  /** 0 to 1. */
  readonly chance: () => number;
  /** At least 22 random characters of `A-Z a-z 0-9 _ -`. */
  readonly token: () => string;
  /** GETs a URL of ours from the internet, following no redirect. Never rejects; may hang. */
  readonly fetch: (url: string) => Promise<PublicAnswer>;
  /** Whether our own server answers `/healthz` over loopback. Never rejects; may hang. */
  readonly askReceiver: () => Promise<boolean>;
  readonly onChange: (state: ProbeState) => void;
};

const patienceMs = 10_000;
const routineMs = 15 * 60_000;
const slowestMs = 60_000;

const probePath = /^\/hooks\/probe\/([\w-]+)$/;

/** Whether deliveries really get in: a one-time random path has to come back through the public URL (T6). */
export const createProbe = (edges: ProbeEdges) => {
  const { later, now, steady, chance, token, onChange } = edges;
  let base: string | null = null;
  let state: ProbeState = { status: 'idle' };
  let failures = 0;
  let awaited: string | null = null;
  let arrived = false;
  /** Counts the runs, so that what an older one finds is nobody's business any more. */
  let run = 0;
  let callOff = () => {};

  const become = (next: ProbeState): void => {
    state = next;
    onChange(next);
  };

  const within = <T>(asked: Promise<T>, otherwise: T): Promise<T> =>
    new Promise((resolve) => {
      const giveUp = later(patienceMs, () => resolve(otherwise));
      void asked.then((value) => {
        giveUp();
        resolve(value);
      });
    });

  const check = async (): Promise<void> => {
    if (base === null) return;
    callOff();
    run += 1;
    const mine = run;
    const startedAt = steady();
    awaited = token();
    arrived = false;
    const silent: PublicAnswer = { kind: 'unreachable', text: 'no answer within 10 s' };
    const answer = await within(edges.fetch(`${base}${probePrefix}${awaited}`), silent);
    if (mine !== run) return;

    if (arrived && answer.kind === 'answered' && answer.status === 200) {
      failures = 0;
      callOff = later(pause(), () => void check());
      become({ status: 'receiving', checkedAt: now(), tookMs: Math.round(steady() - startedAt) });
    } else {
      const receiverIsWell = await within(edges.askReceiver(), false);
      if (mine !== run) return;
      failures += 1;
      callOff = later(pause(), () => void check());
      // Right after a change the edge may not have heard of it: the first failure is only a reason to look again.
      if (state.status === 'checking' && failures === 1) return;
      const since = state.status === 'failing' ? state.since : now();
      become({ status: 'failing', since, fault: faultIn(answer, receiverIsWell) });
    }
  };

  const pause = (): number =>
    failures === 0
      ? routineMs
      : Math.min(1000 * 2 ** Math.min(failures - 1, 10) * (0.8 + 0.4 * chance()), slowestMs);

  return {
    state: (): ProbeState => state,

    /** Probes this public URL from now on; null: none. Whether that is another one than before. */
    aim: (url: string | null): boolean => {
      const next = url?.replace(/\/+$/, '') ?? null;
      if (next === base) return false;
      base = next;
      run += 1;
      failures = 0;
      awaited = null;
      callOff();
      become(next === null ? { status: 'idle' } : { status: 'checking', since: now() });
      void check();
      return true;
    },

    /** Something changed: probes after a moment rather than at the next turn. */
    checkSoon: (ms = 0): void => {
      if (base === null) return;
      failures = 0;
      callOff();
      callOff = later(ms, () => void check());
    },

    /** Whether a request that reached our server is the probe that is under way; each is known once. */
    arrives: (path: string): boolean => {
      const [, given] = probePath.exec(path) ?? [];
      if (given === undefined || given !== awaited) return false;
      awaited = null;
      arrived = true;
      return true;
    },
  };
};

export type Probe = ReturnType<typeof createProbe>;

/** Tells our server, the tunnel and the edge apart. */
const faultIn = (answer: PublicAnswer, receiverIsWell: boolean): Fault => {
  if (!receiverIsWell) return { where: 'receiver', problem: null };
  if (answer.kind === 'unreachable') return { where: 'edge', problem: null };
  const { ngrokError } = answer;
  if (ngrokError !== null)
    return { where: 'tunnel', problem: problemIn({ code: ngrokError, text: '' }) };
  // The SDK's own page when it cannot reach our server carries no code.
  return { where: answer.status === 502 ? 'tunnel' : 'elsewhere', problem: null };
};
