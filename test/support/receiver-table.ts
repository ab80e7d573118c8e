import { costBasisCompleted, kryptosSource, pathOf } from '../../bench/harness/deliveries.ts';
import type { Sent } from '../../bench/harness/http.ts';

export const kryptos = kryptosSource();

/** What a row changes of a genuine request. */
export type RawRequest = {
  readonly method?: string;
  readonly target?: string;
  /** Null leaves the Host header out. */
  readonly host?: string | null;
  readonly lines?: readonly string[];
  /** What follows the head. */
  readonly body?: string;
  /** The Content-Length; null leaves it out. */
  readonly length?: number | null;
};

const path = pathOf(kryptos);
const { headers = {}, body: genuineBody = '' } = costBasisCompleted(kryptos, { id: 'whd_table' });
const genuineLines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** The bytes of a genuine delivery with a row's changes. */
export const rawRequest = (port: number, request: RawRequest): string => {
  const { method = 'POST', target = path, host = `127.0.0.1:${port}`, lines = [] } = request;
  const body = request.body ?? String(genuineBody);
  const length = request.length === undefined ? Buffer.byteLength(body) : request.length;
  return [
    `${method} ${target} HTTP/1.1`,
    ...(host === null ? [] : [`Host: ${host}`]),
    ...genuineLines,
    ...(length === null ? [] : [`Content-Length: ${length}`]),
    ...lines,
    '',
    body,
  ].join('\r\n');
};

/** A genuine delivery as bytes on the wire. */
export const rawDelivery = (
  port: number,
  { path: target, headers = {}, body = '' }: Sent,
): string =>
  [
    `POST ${target} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    String(body),
  ].join('\r\n');

export type Row = readonly [
  what: string,
  request: (port: number) => RawRequest,
  /** Of the answers, in order; empty where the connection is closed without one. */
  statuses: readonly number[],
];

const upgrade = (to: string) => ['Connection: Upgrade, HTTP2-Settings', `Upgrade: ${to}`];
const token = path.slice(path.lastIndexOf('/') + 1);
const chunkedBody = (size: number): string =>
  Array.from({ length: Math.ceil(genuineBody.length / size) }, (_, index) =>
    genuineBody.slice(index * size, (index + 1) * size),
  )
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .concat('0\r\n\r\n')
    .join('');

/** What is accepted (R13e). */
export const genuineRows: readonly Row[] = [
  ['the plain form', () => ({}), [200]],
  ['localhost with our port', (port) => ({ host: `localhost:${port}` }), [200]],
  ['the IPv6 loopback with our port', (port) => ({ host: `[::1]:${port}` }), [200]],
  ['a name in capital letters', (port) => ({ host: `LocalHost:${port}` }), [200]],
  ['a slash at the end', () => ({ target: `${path}/` }), [200]],
  ['a query', () => ({ target: `${path}?from=here` }), [200]],
  ['a slash and a query', () => ({ target: `${path}/?from=here` }), [200]],
  ['the provider in capitals', () => ({ target: `/hooks/Kryptos/${token}/` }), [200]],
  ['encoded unreserved characters', () => ({ target: path.replaceAll('-', '%2D') }), [200]],
  ['the absolute form', (port) => ({ target: `http://127.0.0.1:${port}${path}` }), [200]],
  ['an offer of HTTP/2', () => ({ lines: [...upgrade('h2c'), 'HTTP2-Settings: AAMAAABk'] }), [200]],
  ['an offer of TLS', () => ({ lines: upgrade('TLS/1.2') }), [200]],
  ['a WebSocket offer with a body', () => ({ lines: upgrade('websocket') }), [200]],
  [
    'chunks',
    () => ({ body: chunkedBody(7), length: null, lines: ['Transfer-Encoding: chunked'] }),
    [200],
  ],
  [
    'chunks of one byte',
    () => ({ body: chunkedBody(1), length: null, lines: ['Transfer-Encoding: chunked'] }),
    [200],
  ],
  ['the question whether to send', () => ({ lines: ['Expect: 100-continue'] }), [100, 200]],
  [
    '85 more headers',
    () => ({ lines: Array.from({ length: 85 }, (_, at) => `X-${at}: x`) }),
    [200],
  ],
];

/** What is refused (Q7). */
export const refusedRows: readonly Row[] = [
  ['two Host headers', (port) => ({ lines: [`Host: 127.0.0.1:${port}`] }), [421]],
  ['no Host header', () => ({ host: null }), [421]],
  ['another name', () => ({ host: 'evil.example' }), [421]],
  ['our name with another port', (port) => ({ host: `localhost:${port + 1}` }), [421]],
  ['our name without a port', () => ({ host: '127.0.0.1' }), [421]],
  ['what is no name', () => ({ host: 'a b' }), [421]],
  ['another name in the absolute form', () => ({ target: `http://evil.example${path}` }), [421]],
  ['a double slash', () => ({ target: `/${path}` }), [404]],
  ['a double slash at the end', () => ({ target: `${path}//` }), [404]],
  ['a double slash in between', () => ({ target: path.replace('/hooks/', '/hooks//') }), [404]],
  ['an encoded slash', () => ({ target: path.replace('/kryptos/', '/kryptos%2F') }), [404]],
  ['a token in capitals', () => ({ target: path.toUpperCase() }), [404]],
  ['a token cut off', () => ({ target: path.slice(0, -1) }), [404]],
  ['the name of another provider', () => ({ target: path.replace('kryptos', 'vezgo') }), [404]],
  ['another method', () => ({ method: 'PUT' }), [405]],
  ['an origin', () => ({ lines: ['Origin: https://evil.example'] }), [403]],
  ['a referer', () => ({ lines: ['Referer: https://evil.example/'] }), [403]],
  ['a compressed body', () => ({ lines: ['Content-Encoding: gzip'] }), [415]],
  ['two signatures', () => ({ lines: [`X-Webhook-Signature: ${'0'.repeat(64)}`] }), [401]],
  ['a body announced too large', () => ({ length: 3_000_000 }), [413]],
  [
    'the question whether to send too much',
    () => ({ length: 3_000_000, body: '', lines: ['Expect: 100-continue'] }),
    [413],
  ],
  ['an unknown expectation', () => ({ lines: ['Expect: magic'] }), [417]],
  ['headers over 16 KiB', () => ({ lines: [`X-Long: ${'x'.repeat(20_000)}`] }), [431]],
  [
    'more than 100 headers',
    () => ({ lines: Array.from({ length: 101 }, (_, at) => `X-${at}: x`) }),
    [431],
  ],
  [
    'a length behind more than 100 headers',
    () => ({
      length: null,
      lines: [...Array.from({ length: 150 }, (_, at) => `X-${at}: x`), 'Content-Length: 9'],
    }),
    [431],
  ],
  ['a length and chunks', () => ({ lines: ['Transfer-Encoding: chunked'] }), [400]],
  ['two lengths', () => ({ lines: ['Content-Length: 1'] }), [400]],
  ['a length that is no number', () => ({ length: null, lines: ['Content-Length: 0x10'] }), [400]],
  [
    'another transfer encoding',
    () => ({ length: null, lines: ['Transfer-Encoding: gzip, chunked'], body: chunkedBody(7) }),
    [400],
  ],
  ['a header without a name', () => ({ lines: [': x'] }), [400]],
  ['a space in the name of a header', () => ({ lines: ['X Forwarded: x'] }), [400]],
  ['a space behind the name of a header', () => ({ lines: ['X-Forwarded : x'] }), [400]],
  [
    'a WebSocket',
    () => ({ method: 'GET', lines: upgrade('websocket'), body: '', length: null }),
    [],
  ],
  ['a tunnel', () => ({ method: 'CONNECT', target: 'a.example:443', length: null, body: '' }), []],
];
