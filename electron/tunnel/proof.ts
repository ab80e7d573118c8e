import { plainAddress } from '../addresses.ts';
import { type HeaderLine, headerValues, withoutHeader } from '../delivery.ts';
import { sameText } from '../verdict.ts';

/** The header that ngrok adds to what comes through our tunnel. */
const proofHeader = 'x-hookbell-tunnel';

/** A client may have forged one or two. */
const mostValues = 4;

export type Passage =
  /** `clientAddress` is the address the edge saw; null when it told none. */
  | { readonly status: 'ours'; readonly clientAddress: string | null }
  | { readonly status: 'not-ours' };

/**
 * Tells what came through our tunnel from what any program of this computer may post (R7). `word` is 256 random bits, new at
 * each start, known only to us and to ngrok.
 *
 * The client's address comes from `x-forwarded-for`, and only beside the proof: ngrok appends the address it saw to whatever
 * the client sent, so the right-most value is ngrok's. The added header itself could carry `${conn.client_ip}`, but
 * only if the service fills it in; a plain word has no such condition.
 */
export const createProof = (word: string) => ({
  requestHeaders: [[proofHeader, word]] satisfies [string, string][],

  /**
   * Whether a request came through our tunnel. A forged value beside the genuine one changes nothing; more than a few are no
   * proof, so that none costs more than 1 ms (R7b).
   */
  passageOf: (headers: readonly HeaderLine[]): Passage => {
    const lines = headerValues({ headers }, proofHeader).slice(0, mostValues + 1);
    const given = lines.flatMap((value) => value.split(',', mostValues + 1));
    const isProven =
      given.length <= mostValues && given.some((value) => sameText(value.trim(), word));
    return isProven
      ? { status: 'ours', clientAddress: lastAddress(headers) }
      : { status: 'not-ours' };
  },

  /** The headers of a delivery as its sender sent them: the word is a secret, and nobody reads it in the history. */
  withoutProof: (headers: readonly HeaderLine[]): readonly HeaderLine[] =>
    withoutHeader(headers, proofHeader),
});

export type Proof = ReturnType<typeof createProof>;

const lastAddress = (headers: readonly HeaderLine[]): string | null => {
  const last = headerValues({ headers }, 'x-forwarded-for').at(-1)?.slice(-64).split(',').at(-1);
  return last === undefined ? null : plainAddress(last);
};
