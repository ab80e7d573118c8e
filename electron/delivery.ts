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

/** Every value of a header, in order; names compare without regard to letter case. */
export const headerValues = ({ headers }: Pick<Delivery, 'headers'>, name: string): string[] =>
  headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);

/** A header's value when it came exactly once; undefined when it is missing or repeated. `name` is lower case. */
export const onlyHeader = (
  delivery: Pick<Delivery, 'headers'>,
  name: string,
): string | undefined => {
  const [value, ...more] = headerValues(delivery, name);
  return more.length === 0 ? value : undefined;
};
