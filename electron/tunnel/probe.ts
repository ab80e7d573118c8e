import type { Schedule } from '../schedule.ts';
import { probePrefix } from './policy.ts';
import { problemIn, type TunnelProblem } from './problem.ts';

export type PublicAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly ngrokError: string | null }
  | { readonly kind: 'unreachable'; readonly text: string };

/**
 * Where a probe got stuck: our own server does not answer on loopback (`receiver`), ngrok answered in our place (`tunnel`), the
 * public URL cannot be reached from here (`edge`), or something else answered (`elsewhere`).
 */
export type Fault = {
  readonly where: 'receiver' | 'tunnel' | 'edge' | 'elsewhere';
  readonly problem: TunnelProblem | null;
};

/** Instants are epoch ms. */
export type ProbeState =
  | { readonly status: 'idle' }
  | { readonly status: 'checking' }
  | { readonly status: 'receiving'; readonly checkedAt: number }
  | { readonly status: 'failing'; readonly fault: Fault; readonly since: number };

export type ProbeEdges = {
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
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

export type Probe = {
  readonly state: () => ProbeState;
  /** Probes this public URL from now on; null: none. Returns whether it changed. */
  readonly aim: (url: string | null) => boolean;
  /** Something changed: probes after `ms` rather than at the next turn. */
  readonly checkSoon: (ms?: number) => void;
  /** Takes a request that reached our server and is the probe under way. True once for each probe. */
  readonly take: (path: string) => boolean;
};

const patienceMs = 10_000;
const routineMs = 15 * 60_000;
const longestPauseMs = 60_000;

const probePath = /^\/hooks\/probe\/([\w-]+)$/;

/** Shows whether deliveries get in: a one-time path has to come back through the public URL (T6). */
export const createProbe = (edges: ProbeEdges): Probe => {
  const { schedule, now, chance, onChange } = edges;
  let base: string | null = null;
  let state: ProbeState = { status: 'idle' };
  let failures = 0;
  const arrival = createArrival();
  let run = 0; // A later check makes an earlier one void.
  let cancel = () => {};

  const become = (next: ProbeState): void => {
    state = next;
    onChange(next);
  };

  const check = async (): Promise<void> => {
    if (base === null) return;
    cancel();
    run += 1;
    const mine = run;
    const answer = await requestThrough(base, edges, arrival);
    if (mine !== run) return;
    if (arrival.hasCome() && answer.kind === 'answered' && answer.status === 200) {
      failures = 0;
      cancel = schedule(routineMs, () => void check());
      become({ status: 'receiving', checkedAt: now() });
      return;
    }
    const receiverAnswers = await answerWithin(schedule, edges.askReceiver(), false);
    if (mine !== run) return;
    failures += 1;
    cancel = schedule(retryPause(failures, chance()), () => void check());
    // ngrok may not know of a change yet: the first failure only leads to a second check.
    if (state.status === 'checking' && failures === 1) return;
    const since = state.status === 'failing' ? state.since : now();
    become({ status: 'failing', since, fault: faultIn(answer, receiverAnswers) });
  };

  return {
    state: () => state,
    aim: (url) => {
      const next = url?.replace(/\/+$/, '') ?? null;
      if (next === base) return false;
      base = next;
      run += 1;
      failures = 0;
      arrival.expect(null);
      cancel();
      become({ status: next === null ? 'idle' : 'checking' });
      void check();
      return true;
    },
    checkSoon: (ms = 0) => {
      if (base === null) return;
      failures = 0;
      cancel();
      cancel = schedule(ms, () => void check());
    },
    take: arrival.take,
  };
};

const noAnswer: PublicAnswer = { kind: 'unreachable', text: 'no answer within 10 s' };

const requestThrough = (base: string, edges: ProbeEdges, arrival: Arrival) => {
  const token = edges.token();
  arrival.expect(token);
  return answerWithin(edges.schedule, edges.fetch(`${base}${probePrefix}${token}`), noAnswer);
};

type Arrival = ReturnType<typeof createArrival>;

/** Knows the token of the check under way, and whether a request brought it back. */
const createArrival = () => {
  let awaited: string | null = null;
  let hasCome = false;
  return {
    expect: (token: string | null): void => {
      awaited = token;
      hasCome = false;
    },
    take: (path: string): boolean => {
      const [, given] = probePath.exec(path) ?? [];
      if (given === undefined || given !== awaited) return false;
      awaited = null;
      hasCome = true;
      return true;
    },
    hasCome: (): boolean => hasCome,
  };
};

const answerWithin = <T>(schedule: Schedule, answer: Promise<T>, otherwise: T): Promise<T> =>
  new Promise((resolve) => {
    const giveUp = schedule(patienceMs, () => resolve(otherwise));
    void answer.then((value) => {
      giveUp();
      resolve(value);
    });
  });

/** Exponential backoff from one second to a minute. */
const retryPause = (failures: number, chance: number): number =>
  Math.min(1000 * 2 ** Math.min(failures - 1, 10) * (0.8 + 0.4 * chance), longestPauseMs);

const faultIn = (answer: PublicAnswer, receiverAnswers: boolean): Fault => {
  if (!receiverAnswers) return { where: 'receiver', problem: null };
  if (answer.kind === 'unreachable') return { where: 'edge', problem: null };
  const { ngrokError } = answer;
  if (ngrokError !== null)
    return { where: 'tunnel', problem: problemIn({ code: ngrokError, text: '' }) };
  // The SDK's own page when it cannot reach our server carries no code.
  return { where: answer.status === 502 ? 'tunnel' : 'elsewhere', problem: null };
};
