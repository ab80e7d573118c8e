const hostPattern =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/;
const usualPorts = /:(?:443|80)$/;
/** The longest host name has 253 characters; a colon and a port add 6. */
const mostCharacters = 259;

/** Normalizes the value of a Host header: lower case, without port 80 or 443. Null when it is invalid. */
export const plainHost = (text: string): string | null => {
  if (text.length > mostCharacters) return null;
  const host = text.toLowerCase();
  const found = hostPattern.exec(host);
  return found && Number(found[1] ?? 0) <= 65_535 ? host.replace(usualPorts, '') : null;
};

/** The hosts that the receiver answers for. */
export type OwnHosts = {
  /** Null while the receiver does not listen. */
  readonly port: number | null;
  readonly publicUrl: string | null;
  /** Hosts that the person accepted, normalized by `plainHost`. */
  readonly accepted: readonly string[];
};

const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a Host header names one of our hosts (R5.2). */
export const isOwnHost = (given: string, { port, publicUrl, accepted }: OwnHosts): boolean => {
  const host = plainHost(given);
  if (host === null) return false;
  if (port !== null && ownNames.some((name) => plainHost(`${name}:${port}`) === host)) return true;
  if (accepted.includes(host)) return true;
  if (publicUrl === null) return false;
  const url = new URL(publicUrl);
  return host === plainHost(url.host) || host === url.hostname;
};
