import * as z from 'zod/mini';

/** Why there is no way in, or why a visitor was turned away. `words.ts` has the words for each. */
export const TunnelProblemCode = z.enum([
  'token-missing',
  'token-malformed',
  'token-outdated',
  'token-refused',
  'token-scope',
  'account-unpaid',
  'account-unverified',
  'account-suspended',
  'address-blocked',
  'too-many-sessions',
  'too-many-attempts',
  'too-many-endpoints',
  'app-outdated',
  'domain-missing',
  'domain-invalid',
  'domain-not-in-plan',
  'domain-not-reserved',
  'domain-of-another',
  'domain-in-other-region',
  'domain-already-online',
  'policy-refused',
  'unreachable',
  'not-trusted',
  'setup-unreadable',
  'no-answer',
  'interrupted',
  'refused',
  'agent-ended',
  'agent-silent',
  'stopped-remotely',
  'endpoint-offline',
  'receiver-unreachable',
  'rate-limited',
  'quota-used-up',
  'blocked-at-edge',
]);
export type TunnelProblemCode = z.infer<typeof TunnelProblemCode>;

export const TunnelProblem = z.object({
  code: TunnelProblemCode,
  /** ngrok's own code, such as `ERR_NGROK_107`; null when ngrok said nothing. */
  ngrok: z.nullable(z.string()),
});
export type TunnelProblem = z.infer<typeof TunnelProblem>;

/** What to do about a problem: nothing helps but a person, or when to try again. */
export type Course =
  /** Only a person can change it. */
  | 'stop'
  /** A few seconds, later half a minute. */
  | 'again'
  /** Probably our own stale connection: a few seconds for about a minute before it is told. */
  | 'wait'
  /** A person can make room at any moment: a few seconds, later half a minute, and told at once. */
  | 'make-room'
  /** It passes by itself or by a person's doing, but trying often makes it worse. */
  | 'slowly'
  /** At once, without the rules that the service did not accept. */
  | 'without-policy';

const course: Partial<Record<TunnelProblemCode, Course>> = {
  'token-missing': 'stop',
  'token-malformed': 'stop',
  'token-outdated': 'stop',
  'token-refused': 'stop',
  'token-scope': 'stop',
  'account-unpaid': 'stop',
  'account-unverified': 'stop',
  'account-suspended': 'stop',
  'domain-missing': 'stop',
  'domain-invalid': 'stop',
  'domain-not-in-plan': 'stop',
  'domain-not-reserved': 'stop',
  'domain-of-another': 'stop',
  'domain-in-other-region': 'stop',
  'domain-already-online': 'wait',
  'policy-refused': 'without-policy',
  'too-many-sessions': 'make-room',
  'too-many-endpoints': 'make-room',
  'too-many-attempts': 'slowly',
  'address-blocked': 'slowly',
  'app-outdated': 'slowly',
  'setup-unreadable': 'slowly',
};

export const courseOf = ({ code }: TunnelProblem): Course => course[code] ?? 'again';

/** ngrok's codes, from https://ngrok.com/docs/errors. */
const known: ReadonlyMap<number, TunnelProblemCode> = new Map([
  [102, 'account-unpaid'],
  [105, 'token-malformed'],
  [106, 'token-outdated'],
  [107, 'token-refused'],
  [108, 'too-many-sessions'],
  [120, 'app-outdated'],
  [121, 'app-outdated'],
  [123, 'account-unverified'],
  [313, 'domain-not-in-plan'],
  [314, 'domain-not-in-plan'],
  [319, 'domain-not-reserved'],
  [320, 'domain-of-another'],
  [322, 'domain-in-other-region'],
  [324, 'too-many-endpoints'],
  [326, 'domain-invalid'],
  [334, 'domain-already-online'],
  [337, 'account-unpaid'],
  [338, 'account-suspended'],
  [348, 'too-many-sessions'],
  [349, 'too-many-attempts'],
  [702, 'rate-limited'],
  [703, 'rate-limited'],
  [725, 'quota-used-up'],
  [726, 'quota-used-up'],
  [727, 'quota-used-up'],
  [728, 'quota-used-up'],
  [734, 'rate-limited'],
  [3004, 'receiver-unreachable'],
  [3200, 'endpoint-offline'],
  [3202, 'blocked-at-edge'],
  [3204, 'blocked-at-edge'],
  [3205, 'blocked-at-edge'],
  [3208, 'account-suspended'],
  [4018, 'token-missing'],
  [4026, 'policy-refused'],
  [6024, 'blocked-at-edge'],
  [6025, 'domain-already-online'],
  [8012, 'receiver-unreachable'],
  [9040, 'address-blocked'],
  [15002, 'domain-not-reserved'],
  [15013, 'domain-missing'],
  [15014, 'token-scope'],
]);

/** The SDK's words where the service said nothing. */
const texts: readonly (readonly [RegExp, TunnelProblemCode])[] = [
  [/failed to establish tcp connection/i, 'unreachable'],
  [/tls handshake error|certificate/i, 'not-trusted'],
  [
    /root ?cas?\b|ca cert|no such file|permission denied|invalid .*(address|dns name)/i,
    'setup-unreadable',
  ],
];

/** What a failure of the SDK means: its code decides, else its words. Total. */
export const problemIn = (failure: { code: string | null; text: string }): TunnelProblem => {
  const ngrok = failure.code;
  if (ngrok !== null) return { code: codeOf(ngrok), ngrok };
  const [, code] = texts.find(([pattern]) => pattern.test(failure.text)) ?? [];
  return { code: code ?? 'interrupted', ngrok: null };
};

const codeOf = (ngrok: string): TunnelProblemCode => {
  const [, digits] = /^ERR_NGROK_(\d{1,6})$/.exec(ngrok) ?? [];
  const number = Number(digits);
  if (number >= 2200 && number < 2300) return 'policy-refused';
  return known.get(number) ?? 'refused';
};

/** A problem that we found ourselves. */
export const ownProblem = (code: TunnelProblemCode): TunnelProblem => ({ code, ngrok: null });
