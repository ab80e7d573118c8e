import * as z from 'zod/mini';
import type { Refusal } from '../shared/turned-away.ts';
import { type HeaderLine, headerValues } from './delivery.ts';
import type { Endpoint } from './setup/sources.ts';

/** The head of an HTTP request, before any of its body was read. */
export type RequestHead = {
  readonly method: string;
  /** The request target without its query. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  /** The address of the TCP peer. */
  readonly peer: string;
  /** Sent by our own simulator, which alone knows the word for it. */
  readonly simulated: boolean;
};

/** What the sender of a request is told. `body` is JSON, or empty. */
export type Answer = {
  readonly status: number;
  readonly body?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Largest body taken, in bytes. */
export const bodyLimit = 2 * 1024 * 1024;

export const healthy: Answer = { status: 200, body: { status: 'ok' } };
const notFound: Answer = { status: 404 };
const tryAgain: Answer = {
  status: 503,
  headers: { 'retry-after': '5' },
  body: { error: 'not stored, try again' },
};

/** What is answered to whom is turned away; who finds no connection free hears nothing. */
export const refusals: Readonly<Record<Exclude<Refusal, 'too-many-connections'>, Answer>> = {
  'wrong-token': notFound,
  'wrong-path': notFound,
  'wrong-method': { status: 405, headers: { allow: 'POST' } },
  'wrong-host': { status: 421 },
  'from-browser': { status: 403 },
  'not-through-tunnel': { status: 403 },
  'too-many-failures': {
    status: 429,
    headers: { 'retry-after': '60' },
    body: { error: 'too many failed requests' },
  },
  'share-used-up': {
    status: 429,
    headers: { 'retry-after': '3600' },
    body: { error: 'no space left for this source' },
  },
  busy: tryAgain,
  locked: tryAgain,
  'not-kept': tryAgain,
  malformed: { status: 400 },
  'unknown-expectation': { status: 417 },
  'headers-too-large': { status: 431 },
  'too-slow': { status: 408 },
};
export type Refused = keyof typeof refusals;

export type Admission =
  | { readonly status: 'healthy' }
  | { readonly status: 'refused'; readonly why: Refused }
  | { readonly status: 'admitted'; readonly endpoint: Endpoint };

export type Doorkeeping = {
  /** Host header values under which we may be addressed, lower case. */
  readonly hosts: readonly string[];
  readonly endpointAt: (path: string) => Endpoint | null;
  /** Came through our tunnel. */
  readonly throughTunnel: boolean;
  /** Whether only what came through our tunnel may be a delivery. */
  readonly demandsProof: boolean;
  /** Our own probe, coming back through the public URL. */
  readonly isProbe: boolean;
};

const browserHeaders = ['origin', 'sec-fetch-site', 'referer'];

/** Decides from the head alone whether a request is a delivery to one of our endpoints. Cheapest checks first. */
export const admit = (head: RequestHead, door: Doorkeeping): Admission => {
  const { hosts, endpointAt, throughTunnel, demandsProof, isProbe } = door;
  const refused = (why: Refused): Admission => ({ status: 'refused', why });
  const [host, ...moreHosts] = headerValues(head, 'host');
  if (host === undefined || moreHosts.length > 0 || !hosts.includes(host.toLowerCase()))
    return refused('wrong-host');
  if (isProbe) return { status: 'healthy' };
  if (head.path === '/healthz' && head.method === 'GET' && !throughTunnel) {
    return { status: 'healthy' };
  }
  if (!head.simulated && browserHeaders.some((name) => headerValues(head, name).length > 0))
    return refused('from-browser');
  if (demandsProof && !throughTunnel && !head.simulated) return refused('not-through-tunnel');

  const endpoint = endpointAt(head.path);
  if (!endpoint) return refused('wrong-path');
  if (head.method !== 'POST') return refused('wrong-method');
  return { status: 'admitted', endpoint };
};

/**
 * The sender's address, where it can be known: behind a proxy the user trusts it is the right-most forwarded address that
 * is no trusted proxy itself; anything further left is anybody's text. Null for a direct, local peer, and when the proxy names none.
 */
export const forwardedSender = (
  { peer, headers }: Pick<RequestHead, 'peer' | 'headers'>,
  trustedProxies: readonly string[],
): string | null => {
  const trusted = trustedProxies.map(plainAddress);
  if (!trusted.includes(plainAddress(peer))) return null;
  const hops = headerValues({ headers }, 'x-forwarded-for').join(',').split(',').map(plainAddress);
  const nearest = hops.findLast((hop) => !trusted.includes(hop));
  return Address.safeParse(nearest).data ?? null;
};

const Address = z.union([z.ipv4(), z.ipv6()]);
const plainAddress = (address: string): string => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/** Whether the body is one we read: JSON by its type when it names one, and not compressed. */
export const unacceptable = (delivery: {
  readonly headers: readonly HeaderLine[];
}): 'content-type' | 'content-encoding' | null => {
  const types = headerValues(delivery, 'content-type');
  if (!types.every((type) => jsonType.test(type.trim()))) return 'content-type';
  const encodings = headerValues(delivery, 'content-encoding');
  return encodings.every((encoding) => encoding.trim().toLowerCase() === 'identity')
    ? null
    : 'content-encoding';
};

const jsonType = /^application\/([a-z0-9!#$&^_.+-]+\+)?json[ \t]*(;.*)?$/i;
