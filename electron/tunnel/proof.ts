import * as z from 'zod/mini';
import { type HeaderLine, headerValues, withoutHeader } from '../delivery.ts';
import { sameText } from '../verdict.ts';

/** The header that ngrok adds to what comes through our tunnel. */
const proofHeader = 'x-hookbell-tunnel';

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

  /** Whether a request came through our tunnel. A forged line beside the genuine one changes nothing. */
  passageOf: (headers: readonly HeaderLine[]): Passage => {
    const given = headerValues({ headers }, proofHeader).flatMap((value) => value.split(','));
    const matches = given.filter((value) => sameText(value.trim(), word));
    return matches.length > 0
      ? { status: 'ours', clientAddress: lastAddress(headers) }
      : { status: 'not-ours' };
  },

  /** The headers of a delivery as its sender sent them: the word is a secret, and nobody reads it in the history. */
  withoutProof: (headers: readonly HeaderLine[]): readonly HeaderLine[] =>
    withoutHeader(headers, proofHeader),
});

export type Proof = ReturnType<typeof createProof>;

const Address = z.union([z.ipv4(), z.ipv6()]);

const lastAddress = (headers: readonly HeaderLine[]): string | null => {
  const last = headerValues({ headers }, 'x-forwarded-for').at(-1)?.split(',').at(-1);
  return Address.safeParse(last?.trim()).data ?? null;
};
