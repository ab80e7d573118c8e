import type { LookedUp } from '../../shared/place-outside.ts';

/** A part of an event that a public explorer shows. */
export type Lookup = { readonly what: LookedUp; readonly url: string };

/** The texts that a chain uses. Each is safe as a part of a path. */
export const shapes = {
  evmTransaction: /^0x[0-9a-f]{64}$/i,
  evmAddress: /^0x[0-9a-f]{40}$/i,
  evmToken: /^\d{1,78}$/,
  solanaTransaction: /^[1-9A-HJ-NP-Za-km-z]{64,88}$/,
  solanaAddress: /^[1-9A-HJ-NP-Za-km-z]{32,44}$/,
  bitcoinTransaction: /^[0-9a-f]{64}$/,
  bitcoinAddress: /^(?:bc1[02-9ac-hj-np-z]{11,71}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/,
  bitcoinInscription: /^[0-9a-f]{64}i\d{1,10}$/,
} as const;

/** A lookup where `text` has the shape; else none. */
export const lookup = (
  what: LookedUp,
  text: string | null,
  shape: RegExp,
  urlOf: (text: string) => string,
): Lookup[] => (text !== null && shape.test(text) ? [{ what, url: urlOf(text) }] : []);
