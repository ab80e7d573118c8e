import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Account, AgentSession, Endpoint } from './account.ts';

/** Names the address a request shall seem to come from; only the stand-in knows this header. */
export const sourceHeader = 'x-stand-in-source';

const hopByHop =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|x-stand-in-source)$/;

/** The public side: plain HTTP, one proxy stream for each request. */
export const createInternet = (account: Account): Server =>
  createServer((incoming, outgoing) => {
    const endpoint = account.endpointAt(incoming.headers.host ?? '');
    const refusal = endpoint && policyRefusal(endpoint, incoming.url ?? '');
    if (!endpoint) refuse(outgoing, 404, 3200, 'The endpoint is offline.');
    else if (refusal) outgoing.writeHead(refusal).end();
    // While an endpoint lingers ngrok still sends requests to the session that is gone.
    else if (!endpoint.session) refuse(outgoing, 502, 3004, 'No answer from the agent.');
    else forward(endpoint, endpoint.session, incoming, outgoing);
  });

const forward = (
  { id, addedHeaders }: Endpoint,
  { openProxy }: AgentSession,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void => {
  const source = String(incoming.headers[sourceHeader] ?? incoming.socket.remoteAddress);
  const stream = openProxy(id, `${source}:${incoming.socket.remotePort}`);
  const forwarded = request({
    createConnection: () => stream,
    method: incoming.method,
    path: incoming.url,
    headers: forwardedHeaders(incoming, source, addedHeaders),
    setHost: false,
  });
  forwarded.on('response', (answered) => {
    outgoing.writeHead(answered.statusCode ?? 502, endToEnd(answered.headers));
    answered.pipe(outgoing);
    answered.on('end', () => stream.end());
    answered.on('error', () => outgoing.destroy());
  });
  forwarded.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else refuse(outgoing, 502, 3004, 'The agent sent no valid answer.');
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) stream.destroy();
  });
  incoming.pipe(forwarded);
};

const refuse = (outgoing: ServerResponse, status: number, code: number, text: string): void => {
  outgoing
    .writeHead(status, { 'ngrok-error-code': `ERR_NGROK_${code}`, 'content-type': 'text/plain' })
    .end(`${text}\r\n\r\nERR_NGROK_${code}\r\n`);
};

/** Added headers become lines of their own, behind what the client sent under the same name. */
const forwardedHeaders = (
  incoming: IncomingMessage,
  source: string,
  added: Endpoint['addedHeaders'],
): OutgoingHttpHeaders => {
  const headers: Record<string, string[]> = {};
  const add = (name: string, value: string) => {
    headers[name] = [...(headers[name] ?? []), value];
  };
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    const name = (incoming.rawHeaders[at] ?? '').toLowerCase();
    if (!hopByHop.test(name)) add(name, incoming.rawHeaders[at + 1] ?? '');
  }
  const appended = (name: string, value: string) => {
    headers[name] = [[...(headers[name] ?? []), value].join(', ')];
  };
  appended('x-forwarded-for', source);
  appended('x-forwarded-proto', 'https');
  headers['x-forwarded-host'] ??= [incoming.headers.host ?? ''];
  for (const [name, value] of added) add(name, value);
  return headers;
};

/** An upstream cannot set ngrok's own error header. */
const endToEnd = (headers: IncomingMessage['headers']): OutgoingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !hopByHop.test(name) && name !== 'ngrok-error-code'),
  );

/** The one shape of traffic policy that Hookbell asks for: paths that do not begin so are answered at the edge. */
const policyRefusal = ({ trafficPolicy }: Endpoint, path: string): number | null => {
  const [, prefix] = /!req\.url\.path\.startsWith\('([^']+)'\)/.exec(trafficPolicy) ?? [];
  const [, status] = /"status_code":\s*(\d+)/.exec(trafficPolicy) ?? [];
  return prefix !== undefined && !path.startsWith(prefix) ? Number(status) : null;
};
