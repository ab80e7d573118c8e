/** A header line in the sender's spelling; the value is decoded as latin1. */
export type HeaderLine = readonly [name: string, value: string];

/** One HTTP request to a source's endpoint. The receiving edge sets the time; later steps read no clock. */
export type Delivery = {
  /** A random UUID. */
  readonly id: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** In the order of arrival. */
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  /** The sender's address according to a trusted proxy or our tunnel; null without either. */
  readonly senderAddress: string | null;
  /** The TCP peer: the sender, its proxy or the tunnel. */
  readonly peerAddress: string;
  /** Sent by our own simulator, which proves itself with a nonce. */
  readonly simulated: boolean;
  /**
   * Only of a recorded delivery that the person delivers again: when it first came, epoch ms. It is judged by that time, and neither
   * recorded nor counted.
   */
  readonly again?: number;
};

const none: readonly string[] = [];

/** Cached: one delivery needs about a dozen lookups. */
const indexes = new WeakMap<readonly HeaderLine[], ReadonlyMap<string, readonly string[]>>();

const indexOf = (headers: readonly HeaderLine[]): ReadonlyMap<string, readonly string[]> => {
  const known = indexes.get(headers);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const values = index.get(name);
    if (values) values.push(value);
    else index.set(name, [value]);
  }
  indexes.set(headers, index);
  return index;
};

/** All values of a header, in order. `name` is lower case. */
export const headerValues = (
  { headers }: Pick<Delivery, 'headers'>,
  name: string,
): readonly string[] => indexOf(headers).get(name) ?? none;

/** The headers without those of one name (lower case); the same array when there are none. */
export const withoutHeader = (
  headers: readonly HeaderLine[],
  name: string,
): readonly HeaderLine[] =>
  indexOf(headers).has(name) ? headers.filter(([given]) => given.toLowerCase() !== name) : headers;

/** The value of a header that is present exactly once; else undefined. `name` is lower case. */
export const onlyHeader = (
  delivery: Pick<Delivery, 'headers'>,
  name: string,
): string | undefined => {
  const [value, ...more] = headerValues(delivery, name);
  return more.length === 0 ? value : undefined;
};
