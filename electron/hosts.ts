const hostPattern =
  /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/;
const usualPorts = /:(?:443|80)$/;
/** A name of 253 characters, and a port. */
const mostCharacters = 259;

/**
 * A host with or without a port, as a Host header may name it, in lower case and without the ports that http and https have by
 * themselves; null when it is none.
 */
export const plainHost = (text: string): string | null => {
  if (text.length > mostCharacters) return null;
  const host = text.toLowerCase();
  const found = hostPattern.exec(host);
  return found && Number(found[1] ?? 0) <= 65_535 ? host.replace(usualPorts, '') : null;
};

/** The names under which requests are meant for us. */
export type OwnHosts = {
  /** Null while nothing listens. */
  readonly port: number | null;
  readonly publicUrl: string | null;
  /** What the person accepted, as `plainHost` spells it. */
  readonly accepted: readonly string[];
};

const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a request with this Host header is meant for us (5.2, step 2). */
export const isOwnHost = (given: string, { port, publicUrl, accepted }: OwnHosts): boolean => {
  const host = plainHost(given);
  if (host === null) return false;
  if (port !== null && ownNames.some((name) => plainHost(`${name}:${port}`) === host)) return true;
  if (accepted.includes(host)) return true;
  if (publicUrl === null) return false;
  const url = new URL(publicUrl);
  return host === plainHost(url.host) || host === url.hostname;
};
