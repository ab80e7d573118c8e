import type { IncomingMessage } from 'node:http';
import { type HeaderLine, headerValues, withoutHeader } from '../delivery.ts';
import type { HttpRefusal, RequestHead } from '../receiver/admission.ts';
import { targetOf } from '../receiver/request-target.ts';
import { sameText } from '../verdict.ts';
import { serverLimits } from './http-server.ts';

/** Marks requests of our own simulator. No delivery contains it. */
export const simulatorHeader = 'x-hookbell-simulator';

/** Marks a recorded delivery that the person delivers again: the simulator's token, and when it first came (epoch ms). */
export const againHeader = 'x-hookbell-again';

/** The head of a request without the headers of our own. A request is simulated when its header holds `simulatorToken`. */
export const headOf = (request: IncomingMessage, simulatorToken: string): RequestHead => {
  const { rawHeaders, method = '', url = '', socket } = request;
  const headers: HeaderLine[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  const [token, ...moreTokens] = headerValues({ headers }, simulatorHeader);
  const again = againIn(headerValues({ headers }, againHeader), simulatorToken);
  return {
    ...targetOf(url),
    method,
    headers: withoutHeader(withoutHeader(headers, simulatorHeader), againHeader),
    peer: socket.remoteAddress ?? '',
    simulated: token !== undefined && moreTokens.length === 0 && sameText(token, simulatorToken),
    ...(again === null ? {} : { again }),
  };
};

const againIn = (values: readonly string[], simulatorToken: string): number | null => {
  const [, token = '', firstAt = ''] = /^(\S+) (\d{1,15})$/.exec(values[0] ?? '') ?? [];
  return values.length === 1 && sameText(token, simulatorToken) ? Number(firstAt) : null;
};

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * A fault that ends a request. The parser of Electron 33 accepts header names that are empty or contain a space. `request.headers` is cut
 * where there are too many, and may lack the length.
 */
export const headFault = (
  { rawHeaders }: IncomingMessage,
  head: RequestHead,
): HttpRefusal | null => {
  if (rawHeaders.length > 2 * serverLimits.maxHeadersCount) return 'headers-too-large';
  if (!head.headers.every(([name]) => headerName.test(name))) return 'malformed';
  const lengths = headerValues(head, 'content-length');
  const encodings = headerValues(head, 'transfer-encoding');
  const isPlain = encodings.every((encoding) => encoding.trim().toLowerCase() === 'chunked');
  return lengths.length + encodings.length > 1 || !isPlain ? 'malformed' : null;
};
