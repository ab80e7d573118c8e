/** A header line as it came: name in the sender's spelling, value decoded as latin1, in the order of arrival. */
export type HeaderLine = readonly [name: string, value: string];

/** One HTTP request as it reached a source's endpoint. Stamped by the edge that received it; nobody asks a clock after that. */
export type Delivery = {
  /** A random UUID. */
  readonly id: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  readonly headers: readonly HeaderLine[];
  /** The raw body, byte for byte. */
  readonly body: Uint8Array;
  /** The sender's address as a trusted proxy or our tunnel tells it; null where neither stood between. */
  readonly senderAddress: string | null;
  /** The address of the TCP peer: the sender itself, or the proxy or tunnel it came through. */
  readonly peerAddress: string;
  /** Sent by our own simulator, which alone knows the word for it. */
  readonly simulated: boolean;
};

const none: readonly string[] = [];

/** Headers are looked into a dozen times between the socket and the disk. */
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

/** Every value of a header, in order; names compare without regard to letter case, `name` is lower case. */
export const headerValues = (
  { headers }: Pick<Delivery, 'headers'>,
  name: string,
): readonly string[] => indexOf(headers).get(name) ?? none;

/** The headers but for those of one name (lower case); the same array when there are none. */
export const withoutHeader = (
  headers: readonly HeaderLine[],
  name: string,
): readonly HeaderLine[] =>
  indexOf(headers).has(name) ? headers.filter(([given]) => given.toLowerCase() !== name) : headers;

/** A header's value when it came exactly once; undefined when it is missing or repeated. `name` is lower case. */
export const onlyHeader = (
  delivery: Pick<Delivery, 'headers'>,
  name: string,
): string | undefined => {
  const [value, ...more] = headerValues(delivery, name);
  return more.length === 0 ? value : undefined;
};
