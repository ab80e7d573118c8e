import { plainAddress } from '../addresses.ts';
import { type HeaderLine, headerValues, withoutHeader } from '../delivery.ts';
import { sameText } from '../verdict.ts';

const proofHeader = 'x-hookbell-tunnel';

/** A client may forge one or two. */
const mostValues = 4;

export type Passage =
  /** `clientAddress`: the address that ngrok saw; null when it named none. */
  | { readonly status: 'ours'; readonly clientAddress: string | null }
  | { readonly status: 'not-ours' };

export type TunnelProof = {
  readonly requestHeaders: [string, string][];
  /**
   * Whether a request came through our tunnel. A forged value beside the genuine one changes nothing; more than a few are no
   * proof, so that none costs more than 1 ms (R7b).
   */
  readonly passageOf: (headers: readonly HeaderLine[]) => Passage;
  /** The headers as their sender sent them: the token is a secret and stays out of the history. */
  readonly withoutProof: (headers: readonly HeaderLine[]) => readonly HeaderLine[];
};

/**
 * Tells requests through our tunnel from those that any program of this computer may post (R7). `token` is 256 random bits,
 * new at each start, known only to Hookbell and ngrok.
 *
 * The client's address comes from `x-forwarded-for`, and only beside the proof: ngrok appends the address it saw, so the
 * right-most value is ngrok's.
 */
export const createProof = (token: string): TunnelProof => ({
  requestHeaders: [[proofHeader, token]],
  passageOf: (headers) => {
    const lines = headerValues({ headers }, proofHeader).slice(0, mostValues + 1);
    const given = lines.flatMap((value) => value.split(',', mostValues + 1));
    const isProven =
      given.length <= mostValues && given.some((value) => sameText(value.trim(), token));
    return isProven
      ? { status: 'ours', clientAddress: lastAddress(headers) }
      : { status: 'not-ours' };
  },
  withoutProof: (headers) => withoutHeader(headers, proofHeader),
});

const lastAddress = (headers: readonly HeaderLine[]): string | null => {
  const last = headerValues({ headers }, 'x-forwarded-for').at(-1)?.slice(-64).split(',').at(-1);
  return last === undefined ? null : plainAddress(last);
};
