import type { Delivery } from '../../electron/delivery.ts';
import { kryptos } from '../../electron/providers/kryptos/index.ts';
import type {
  Credentials,
  ExplainContext,
  Provider,
  Unreadable,
} from '../../electron/providers/provider.ts';
import { simplehash } from '../../electron/providers/simplehash/index.ts';
import { vezgo } from '../../electron/providers/vezgo/index.ts';
import type { Fact, Proof, ProviderEvent, Reading } from '../../shared/event.ts';
import { fixture, fixtures } from '../support/fixtures.ts';

/** Three in the afternoon of a day long after every sample. */
export const noon = Date.UTC(2026, 10, 21, 12);

export type Parts = {
  headers?: Record<string, string> | readonly (readonly [string, string])[];
  body?: string | Uint8Array;
  receivedAt?: number;
  senderAddress?: string | null;
  peerAddress?: string;
};

/** A delivery as the server hands it over. */
export const delivery = ({ headers = {}, body = '', ...rest }: Parts): Delivery => ({
  id: '00000000-0000-4000-8000-000000000000',
  receivedAt: noon,
  headers: Array.isArray(headers) ? headers : Object.entries(headers),
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  senderAddress: null,
  peerAddress: '127.0.0.1',
  simulated: false,
  ...rest,
});

/** A recorded delivery, received when its signature was fresh. */
export function sample(file: string): Delivery {
  const { headers, body } = fixture(file);
  const at = fixtures.find((entry) => entry.file === file)?.verify_at;
  return delivery({ headers, body, receivedAt: at === undefined ? noon : Date.parse(at) });
}

/** What a source gives to check with; nothing unless said. */
export const credentials = (given: Partial<Credentials> = {}): Credentials => ({
  secrets: [],
  clientId: null,
  allowedAddresses: null,
  ...given,
});

export const trusted: Proof = { status: 'trusted', clientId: 'not-used', address: 'not-used' };
/** What an explanation is about when nothing special is. */
export const plainly: ExplainContext = { event: null, simulated: false };
export const verified: Proof = { status: 'verified', secret: 0 };

/** What a body is read as, once it is believed. */
export const reading = (
  provider: Provider,
  body: unknown,
  proof: Proof = verified,
): Reading | Unreadable => understandingOf(provider, body, proof).reading;

const understandingOf = (provider: Provider, body: unknown, proof: Proof) =>
  provider.understand(
    delivery({ body: typeof body === 'string' ? body : JSON.stringify(body) }),
    proof,
  );

/** The event a body is read as, with its details; fails the test when it is none. */
export function eventFrom(provider: Provider, body: unknown): ProviderEvent & { facts: Fact[] } {
  const { reading: read, facts } = understandingOf(provider, body, verified);
  if (read.status !== 'event') throw new Error(`read as ${JSON.stringify(read)}`);
  return { ...read.event, facts: [...facts()] };
}

/** The values of the facts under a label, times as ISO. */
export const factsOf = ({ facts }: { facts: readonly Fact[] }, label: string): string[] =>
  facts
    .filter((fact) => fact.label === label)
    .map((fact) => (fact.form === 'time' ? new Date(fact.at).toISOString() : fact.value));

export { kryptos, simplehash, vezgo };
