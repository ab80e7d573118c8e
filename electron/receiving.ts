import type { Refusal } from '../shared/turned-away.ts';
import { isWithin, plainAddress } from './addresses.ts';
import { type HeaderLine, headerValues, onlyHeader } from './delivery.ts';
import { isOwnHost, type OwnHosts } from './hosts.ts';
import type { RequestTarget } from './request-target.ts';
import type { Endpoint } from './setup/sources.ts';
import type { Passage } from './tunnel/proof.ts';

/** The head of an HTTP request, before any of its body was read. */
export type RequestHead = RequestTarget & {
  readonly method: string;
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
  'settings-lost': tryAgain,
  'not-kept': tryAgain,
  malformed: { status: 400 },
  'unknown-expectation': { status: 417 },
  'headers-too-large': { status: 431 },
  'too-slow': { status: 408 },
};
export type Refused = keyof typeof refusals;

export type Admission =
  | { readonly status: 'healthy' }
  /** `sender` is its address, where that was asked for and can be known. */
  | { readonly status: 'refused'; readonly why: Refused; readonly sender: string | null }
  | Admitted;

export type Admitted = {
  readonly status: 'admitted';
  readonly endpoint: Endpoint;
  /** The sender's address, where it can be known. */
  readonly sender: string | null;
};

/** The way a request came. */
export type Arrival = {
  readonly passage: Passage;
  /** The sender's address, where it can be known. */
  readonly sender: string | null;
};

export type Gate = {
  readonly hosts: OwnHosts;
  readonly endpointAt: (path: string) => Endpoint | null;
  /** Asked once of each request, after Host and path (R7b). */
  readonly arrivalOf: (head: RequestHead) => Arrival;
  /** Whether only what came through our tunnel may be a delivery. */
  readonly demandsProof: boolean;
  /** Whether it is our own probe, coming back through the public URL; true only once for each probe. */
  readonly isProbe: (path: string, passage: Passage) => boolean;
};

const browserHeaders = ['origin', 'sec-fetch-site', 'referer'];

/** Whether a web page may have sent it: a page cannot keep its browser from adding these headers. */
export const isFromBrowser = (head: RequestHead): boolean =>
  !head.simulated && browserHeaders.some((name) => headerValues(head, name).length > 0);

const isForUs = (head: RequestHead, hosts: OwnHosts): boolean => {
  const host = onlyHeader(head, 'host');
  const named = head.authority === null ? [host] : [host, head.authority];
  return named.every((name) => name !== undefined && isOwnHost(name, hosts));
};

/** Decides from the head alone whether a request is a delivery to one of our endpoints (5.2, steps 1 to 5). */
export const admit = (head: RequestHead, gate: Gate): Admission => {
  const { hosts, endpointAt, arrivalOf, demandsProof, isProbe } = gate;
  if (!isForUs(head, hosts)) return { status: 'refused', why: 'wrong-host', sender: null };
  const endpoint = endpointAt(head.path);
  const { passage, sender } = arrivalOf(head);
  const throughTunnel = passage.status === 'ours';
  const refused = (why: Refused): Admission => ({ status: 'refused', why, sender });

  if (isProbe(head.path, passage)) return { status: 'healthy' };
  if (head.path === '/healthz' && head.method === 'GET' && !throughTunnel)
    return { status: 'healthy' };
  if (isFromBrowser(head)) return refused('from-browser');
  if (demandsProof && !throughTunnel && !head.simulated) return refused('not-through-tunnel');
  if (!endpoint) return refused('wrong-path');
  if (head.method !== 'POST') return refused('wrong-method');
  return { status: 'admitted', endpoint, sender };
};

/** A chain of proxies is shorter than this; what is further left is anybody's text. */
const mostHops = 16;

/**
 * The sender's address, where it can be known: behind a proxy the user trusts it is the right-most forwarded address that
 * is no trusted proxy itself; anything further left is anybody's text. Null for a direct, local peer, and when the proxy names none.
 */
export const forwardedSender = (
  { peer, headers }: Pick<RequestHead, 'peer' | 'headers'>,
  trustedProxies: readonly string[],
): string | null => {
  if (trustedProxies.length === 0 || !isWithin(peer, trustedProxies)) return null;
  const hops = headerValues({ headers }, 'x-forwarded-for').join(',').split(',').slice(-mostHops);
  const nearest = hops.findLast((hop) => !isWithin(hop, trustedProxies));
  return nearest === undefined ? null : plainAddress(nearest);
};

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
