import type { HeaderLine } from '../delivery.ts';

/** They are about one connection, or about one proxy on the way. */
const ofConnection: ReadonlySet<string> = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authenticate'],
  ...['proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerValue = /^(?:[\x20-\x7e\x80-\xff]|\t)*$/;

/**
 * The headers of a delivery that a second request can carry, in their order. Those of a connection, those of Hookbell itself, and what is
 * no header of HTTP are left out: an imported delivery may hold anything.
 */
export const resentHeaders = (headers: readonly HeaderLine[]): readonly HeaderLine[] =>
  headers.filter(
    ([name, value]) =>
      headerName.test(name) &&
      headerValue.test(value) &&
      !ofConnection.has(name.toLowerCase()) &&
      !name.toLowerCase().startsWith('x-hookbell-'),
  );
