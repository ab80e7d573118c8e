import type { ReasonCode } from '../../shared/pipe.ts';

export type TunnelProblem = {
  readonly code: ReasonCode;
  /** ngrok's own code, such as `ERR_NGROK_107`; null when ngrok gave none. */
  readonly ngrok: string | null;
};

/** ngrok's codes, from https://ngrok.com/docs/errors. */
const known: ReadonlyMap<number, ReasonCode> = new Map([
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

/** The SDK's texts where ngrok gave no code. */
const texts: readonly (readonly [RegExp, ReasonCode])[] = [
  [/failed to establish tcp connection/i, 'unreachable'],
  [/tls handshake error|certificate/i, 'not-trusted'],
  [
    /root ?cas?\b|ca cert|no such file|permission denied|invalid .*(address|dns name)/i,
    'setup-unreadable',
  ],
];

/** What a failure of the SDK means: its code decides, else its text. Total. */
export const problemIn = (failure: { code: string | null; text: string }): TunnelProblem => {
  const ngrok = failure.code;
  if (ngrok !== null) return { code: codeOf(ngrok), ngrok };
  const [, code] = texts.find(([pattern]) => pattern.test(failure.text)) ?? [];
  return { code: code ?? 'interrupted', ngrok: null };
};

const codeOf = (ngrok: string): ReasonCode => {
  const [, digits] = /^ERR_NGROK_(\d{1,6})$/.exec(ngrok) ?? [];
  const number = Number(digits);
  if (number >= 2200 && number < 2300) return 'policy-refused';
  return known.get(number) ?? 'refused';
};

/** A problem that Hookbell found itself. */
export const ownProblem = (code: ReasonCode): TunnelProblem => ({ code, ngrok: null });
