import type { IncomingMessage } from 'node:http';
import { type HeaderLine, headerValues } from '../delivery.ts';
import type { Refused, RequestHead } from '../receiving.ts';
import { targetOf } from '../request-target.ts';
import { sameText } from '../verdict.ts';
import { serverLimits } from './http-server.ts';

/** The header by which our own simulator marks what it sends; it never reaches a delivery. */
export const simulatorHeader = 'x-hookbell-simulator';

/** The head of a request as it came. `simulatorWord` is known to our own simulator alone. */
export const headOf = (request: IncomingMessage, simulatorWord: string): RequestHead => {
  const { rawHeaders, method = '', url = '', socket } = request;
  const headers: HeaderLine[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  const [word, ...moreWords] = headerValues({ headers }, simulatorHeader);
  return {
    ...{ method, headers, ...targetOf(url), peer: socket.remoteAddress ?? '' },
    simulated: word !== undefined && moreWords.length === 0 && sameText(word, simulatorWord),
  };
};

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * What keeps a request from being looked at any further. Not every HTTP parser checks it: that of Electron 33 takes header names
 * which are empty or hold a space. `request.headers` is cut where there are too many headers, and may lack the one that tells the length.
 */
export const headFault = ({ rawHeaders }: IncomingMessage, head: RequestHead): Refused | null => {
  if (rawHeaders.length > 2 * serverLimits.maxHeadersCount) return 'headers-too-large';
  if (!head.headers.every(([name]) => headerName.test(name))) return 'malformed';
  const lengths = headerValues(head, 'content-length');
  const encodings = headerValues(head, 'transfer-encoding');
  const isPlain = encodings.every((encoding) => encoding.trim().toLowerCase() === 'chunked');
  return lengths.length + encodings.length > 1 || !isPlain ? 'malformed' : null;
};
