/** The target in a request's first line. */
export type RequestTarget = {
  /** The host of an absolute URL (RFC 9112, 3.2.2); null for a path. */
  readonly authority: string | null;
  /** Without the query, and with percent-encoded unreserved characters decoded, which makes no difference (RFC 3986, 6.2.2.2). */
  readonly path: string;
};

const absolute = /^https?:\/\/([^/?#]*)/i;
const encoded = /%([0-9a-f]{2})/gi;
const unreserved = /^[A-Za-z0-9._~-]$/;

export const targetOf = (url: string): RequestTarget => {
  const [whole = '', authority = null] = absolute.exec(url) ?? [];
  const rest = url.slice(whole.length);
  const [path = ''] = rest.split('?', 1);
  return { authority, path: path.includes('%') ? decodeUnreserved(path) : path };
};

const decodeUnreserved = (path: string): string =>
  path.replace(encoded, (sequence, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return unreserved.test(character) ? character : sequence;
  });
