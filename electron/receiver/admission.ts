import type { Refusal } from '../../shared/refusals.ts';
import { isInRanges, plainAddress } from '../addresses.ts';
import { type HeaderLine, headerValues, onlyHeader } from '../delivery.ts';
import { isOwnHost, type OwnHosts } from '../hosts.ts';
import type { Endpoint } from '../setup/endpoints.ts';
import type { Passage } from '../tunnel/proof.ts';
import type { RequestTarget } from './request-target.ts';

/** The head of a request whose body is unread. */
export type RequestHead = RequestTarget & {
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  /** The address of the TCP peer. */
  readonly peer: string;
  readonly simulated: boolean;
  /** See `Delivery`. */
  readonly again?: number;
};

/** `body` is sent as JSON. */
export type HttpAnswer = {
  readonly status: number;
  readonly body?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The largest accepted body, in bytes. */
export const bodyLimit = 2 * 1024 * 1024;

export const healthy: HttpAnswer = { status: 200, body: { status: 'ok' } };
const notFound: HttpAnswer = { status: 404 };
const tryAgain: HttpAnswer = {
  status: 503,
  headers: { 'retry-after': '5' },
  body: { error: 'not stored, try again' },
};

/** A refusal that has an answer: a client beyond the connection limit gets none. */
export type HttpRefusal = Exclude<Refusal, 'too-many-connections'>;

export const refusals: Readonly<Record<HttpRefusal, HttpAnswer>> = {
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

export type Admission =
  | { readonly status: 'healthy' }
  /** `sender` is an address; null where it is unknown or was not needed. */
  | { readonly status: 'refused'; readonly why: HttpRefusal; readonly sender: string | null }
  | AdmittedRequest;

export type AdmittedRequest = {
  readonly status: 'admitted';
  readonly endpoint: Endpoint;
  /** The sender's address; null where it is unknown. */
  readonly sender: string | null;
  /** The sender's headers, without those that our tunnel added. */
  readonly headers: readonly HeaderLine[];
};

/** The way a request came. */
export type Arrival = {
  readonly passage: Passage;
  /** The sender's address; null where it is unknown. */
  readonly sender: string | null;
};

/** The current rules that decide about a head. */
export type AdmissionRules = {
  readonly hosts: OwnHosts;
  readonly endpointAt: (path: string) => Endpoint | null;
  /** Compares the tunnel's proof. Called once a request, after the checks of Host and path (R7b). */
  readonly arrivalOf: (head: RequestHead) => Arrival;
  /** Whether a delivery must come through our tunnel. */
  readonly demandsProof: boolean;
  /** Takes a request that is our own probe, back through the public URL. True once for each probe. */
  readonly takeProbe: (path: string, passage: Passage) => boolean;
  readonly withoutProof: (headers: readonly HeaderLine[]) => readonly HeaderLine[];
};

const browserHeaders = ['origin', 'sec-fetch-site', 'referer'];

/** No web page can prevent its browser from adding these headers. */
export const isFromBrowser = (head: RequestHead): boolean =>
  !isOurOwn(head) && browserHeaders.some((name) => headerValues(head, name).length > 0);

/** Sent by this Hookbell to itself. */
const isOurOwn = ({ simulated, again }: RequestHead): boolean => simulated || again !== undefined;

const isForUs = (head: RequestHead, hosts: OwnHosts): boolean => {
  const host = onlyHeader(head, 'host');
  const named = head.authority === null ? [host] : [host, head.authority];
  return named.every((name) => name !== undefined && isOwnHost(name, hosts));
};

/** Decides by the head alone whether a request is a delivery to one of our endpoints (R5.2). */
export const admissionOf = (head: RequestHead, rules: AdmissionRules): Admission => {
  const { hosts, endpointAt, arrivalOf, demandsProof, takeProbe, withoutProof } = rules;
  if (!isForUs(head, hosts)) return { status: 'refused', why: 'wrong-host', sender: null };
  const endpoint = endpointAt(head.path);
  const { passage, sender } = arrivalOf(head);
  const throughTunnel = passage.status === 'ours';
  const refused = (why: HttpRefusal): Admission => ({ status: 'refused', why, sender });

  if (takeProbe(head.path, passage)) return { status: 'healthy' };
  if (head.path === '/healthz' && head.method === 'GET' && !throughTunnel)
    return { status: 'healthy' };
  if (isFromBrowser(head)) return refused('from-browser');
  if (demandsProof && !throughTunnel && !isOurOwn(head)) return refused('not-through-tunnel');
  if (!endpoint) return refused('wrong-path');
  if (head.method !== 'POST') return refused('wrong-method');
  return { status: 'admitted', endpoint, sender, headers: withoutProof(head.headers) };
};

/** Only this many addresses, from the right, are read. No real chain of trusted proxies is as long. */
const mostHops = 16;

/**
 * The right-most forwarded address that is no trusted proxy itself; those further left may be forged. Null for a direct peer, and where
 * the proxy names none.
 */
export const forwardedSender = (
  { peer, headers }: Pick<RequestHead, 'peer' | 'headers'>,
  trustedProxies: readonly string[],
): string | null => {
  if (trustedProxies.length === 0 || !isInRanges(peer, trustedProxies)) return null;
  const hops = headerValues({ headers }, 'x-forwarded-for').join(',').split(',').slice(-mostHops);
  const nearest = hops.findLast((hop) => !isInRanges(hop, trustedProxies));
  return nearest === undefined ? null : plainAddress(nearest);
};

/** The header that makes a body unreadable for us, if any: a type other than JSON, or a compression. */
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
