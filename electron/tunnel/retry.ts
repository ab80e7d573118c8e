import type { ReasonCode } from '../../shared/pipe.ts';
import {
  type Connected,
  isConnected,
  type Machine,
  type Phase,
  type ReconnectReason,
} from './phase.ts';
import type { TunnelProblem } from './problem.ts';
import { tunnelTimes } from './timing.ts';

const second = 1000;
const minute = 60 * second;

/** How a problem is tried again, and when it is shown. Pauses count from the start of the failed attempt, and vary by 20 %. */
export type RetryRule =
  /** Not until a person asks: only they can remove the cause. Shown at once. */
  | 'never'
  /** After half a second, doubling to three seconds, after two minutes of failures to thirty seconds. Shown after ten seconds. */
  | 'usual'
  /**
   * As `usual`, but up to thirty seconds after one minute already, and shown after one minute: our own stale connection probably still
   * holds the domain.
   */
  | 'stale'
  /** As `usual`, but shown at once: a person can free a place at any moment. */
  | 'full'
  /** Every 24 to 30 seconds: frequent attempts make it worse. Shown at once. */
  | 'slow'
  /** At once, without the traffic policy that ngrok refused. */
  | 'without-policy';

const rules: Readonly<Record<ReasonCode, RetryRule>> = {
  'token-missing': 'never',
  'token-malformed': 'never',
  'token-outdated': 'never',
  'token-refused': 'never',
  'token-scope': 'never',
  'account-unpaid': 'never',
  'account-unverified': 'never',
  'account-suspended': 'never',
  'domain-missing': 'never',
  'domain-invalid': 'never',
  'domain-not-in-plan': 'never',
  'domain-not-reserved': 'never',
  'domain-of-another': 'never',
  'domain-in-other-region': 'never',
  'domain-already-online': 'stale',
  'policy-refused': 'without-policy',
  'too-many-sessions': 'full',
  'too-many-endpoints': 'full',
  'too-many-attempts': 'slow',
  'address-blocked': 'slow',
  'app-outdated': 'slow',
  'setup-unreadable': 'slow',
  'token-locked': 'usual',
  'token-for-another-server': 'usual',
  unreachable: 'usual',
  'not-trusted': 'usual',
  'no-answer': 'usual',
  interrupted: 'usual',
  refused: 'usual',
  disconnected: 'usual',
  silent: 'usual',
  'agent-ended': 'usual',
  'agent-silent': 'usual',
  'stopped-remotely': 'usual',
  'endpoint-offline': 'usual',
  'receiver-unreachable': 'usual',
  'rate-limited': 'usual',
  'quota-used-up': 'usual',
  'blocked-at-edge': 'usual',
  'receiver-silent': 'usual',
  'tunnel-not-through': 'usual',
  'public-url-unreachable': 'usual',
  'public-url-elsewhere': 'usual',
  'own-url-unreachable': 'usual',
  'own-url-elsewhere': 'usual',
  'still-connecting': 'usual',
  'port-taken': 'usual',
  'events-refused': 'usual',
};

export const retryRuleOf = ({ code }: TunnelProblem): RetryRule => rules[code];

type PausedRule = Exclude<RetryRule, 'never'>;

export type Retry =
  | { readonly kind: 'never' }
  | { readonly kind: 'without-policy' }
  /** Counted from the start of the attempt that failed. */
  | { readonly kind: 'after'; readonly ms: number };

export type FailedAttempt = {
  readonly problem: TunnelProblem;
  /** Failures in a row, this one included, and for how long (ms). */
  readonly failures: number;
  readonly failingForMs: number;
  readonly policyRefused: boolean;
  /** 0 to 1, for the jitter. */
  readonly chance: number;
};

/** The decision after a failed attempt: whether to dial again, and when. */
export const retryAfter = (attempt: FailedAttempt): Retry => {
  const rule = retryRuleOf(attempt.problem);
  if (rule === 'never') return { kind: 'never' };
  if (rule === 'without-policy' && !attempt.policyRefused) return { kind: 'without-policy' };
  return { kind: 'after', ms: pauseUnder(rule, attempt) };
};

/** After the loss of a connection: whether to dial at once, as after one that worked. Else `retryAfter` decides. */
export const redialsAtOnce = ({ phase, failures }: Machine): boolean =>
  isConnected(phase) && failures === 0 && hasWorked(phase);

/** An unstable connection counts, although its heartbeats start again at zero. */
const hasWorked = (phase: Connected): boolean => phase.name === 'unstable' || phase.beats > 1;

/**
 * After a reason to reconnect: whether to dial at once, which skips a pause and forgets earlier failures. Not while a dial or connection is
 * new, and not for a mild reason while the last heartbeat is fresh. `at` is of the phase's clock.
 */
export const dialsOnReconnect = (phase: Phase, reason: ReconnectReason, at: number): boolean => {
  switch (phase.name) {
    case 'off':
      return false;
    case 'stopped':
      return reason === 'asked';
    case 'backing-off':
      return true;
    case 'dialing':
      return at - phase.startedAt >= tunnelTimes.reconnect;
    case 'bound':
    case 'unstable': {
      const isNew = phase.name === 'bound' && at - phase.since < tunnelTimes.reconnect;
      const isMild = reason === 'unlocked' || reason === 'network-gained';
      const isFresh = at - phase.heardAt < tunnelTimes.freshBeat;
      return !isNew && !(isMild && isFresh);
    }
  }
};

const firstPause = 500;
const quickCap = 3 * second;
const slowCap = 30 * second;

const quickFor: Readonly<Record<PausedRule, number>> = {
  usual: 2 * minute,
  stale: minute,
  full: 2 * minute,
  slow: 0,
  'without-policy': 2 * minute,
};

/** Exponential backoff with a jitter of a fifth. */
const pauseUnder = (
  rule: PausedRule,
  { failures, failingForMs, chance }: FailedAttempt,
): number => {
  const cap = failingForMs < quickFor[rule] ? quickCap : slowCap;
  const doubled = rule === 'slow' ? slowCap : firstPause * 2 ** Math.min(failures - 1, 10);
  return Math.min(Math.min(doubled, cap) * (0.8 + 0.4 * chance), slowCap);
};

const shownAfter: Readonly<Record<RetryRule, number>> = {
  never: 0,
  usual: 10 * second,
  stale: minute,
  full: 0,
  slow: 0,
  'without-policy': 10 * second,
};

/** How long a problem may last, in ms, before "connecting" becomes "offline". */
export const shownAfterMs = (problem: TunnelProblem): number => shownAfter[retryRuleOf(problem)];
