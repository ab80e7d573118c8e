import type { Fact, Proof, ProviderEvent, Reading, UnreadableBody } from '../../shared/event.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { Delivery } from '../delivery.ts';
import type { Verdict } from '../verdict.ts';
import type { Lookup } from './lookup.ts';

export type Credentials = {
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly clientId: string | null;
  /** Null: the provider's published addresses, enforced only where the sender's address is known. Empty: no check. A list: always enforced. */
  readonly allowedAddresses: readonly string[] | null;
};

/**
 * Identifies duplicates within a source. Equal `id` and `version`: a duplicate. Equal `id`, other `version`: `differing` decides between a
 * conflict, which keeps both, and a duplicate with a note.
 */
export type IdempotencyKey = {
  readonly id: string;
  readonly version: string;
  readonly differing: 'conflict' | { readonly note: string };
  /** The largest distance between the two receipts, in ms; null: as long as dedupe remembers. */
  readonly withinMs: number | null;
};

/** The body holds no readable JSON object. */
export type Unreadable = { readonly status: 'unreadable'; readonly why: UnreadableBody };

export type ExplainContext = {
  /** Null when the delivery was not understood. */
  readonly event: ProviderEvent | null;
  readonly simulated: boolean;
};

/** An event and its details. Details are computed on demand: they cost more than the event. */
export type EventRead = {
  readonly event: ProviderEvent;
  readonly facts: () => readonly Fact[];
};

export type Understanding = {
  readonly reading: Reading | Unreadable;
  /** Empty unless the reading is an event. */
  readonly facts: () => readonly Fact[];
  /** A match of any key makes the delivery a duplicate. */
  readonly idempotencyKeys: readonly [IdempotencyKey, ...IdempotencyKey[]];
};

export type SimulationContext = {
  /** The source's newest secret. */
  readonly secret: string | null;
  readonly clientId: string | null;
  /** Epoch ms. */
  readonly now: number;
  /** Random hex text. */
  readonly hex: (digits: number) => string;
};

/** One kind of simulated delivery, exactly as the provider would send it. */
export type Simulation = {
  readonly id: string;
  readonly label: string;
  readonly make: (context: SimulationContext) => {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
};

/** A company that sends webhooks. All functions are pure and never throw. */
export type Provider = {
  readonly id: string;
  readonly name: string;
  readonly info: Omit<ProviderInfo, 'id' | 'name' | 'simulations' | 'portalHost'>;
  /** Where a person manages webhooks and accounts; null without such a place. */
  readonly portal: string | null;
  /** Lower-case names of headers that identify a sender; their values are always masked. */
  readonly sensitiveHeaders: readonly string[];
  authenticate(delivery: Delivery, credentials: Credentials): Verdict;
  /** Accepts any body, after authentication. An unsigned header must not become an idempotency key, so `proof` is an input. */
  understand(delivery: Delivery, proof: Proof): Understanding;
  /** Where explorers show more of what a delivery tells. Accepts any body. */
  lookupsIn(delivery: Pick<Delivery, 'body'>): readonly Lookup[];
  /**
   * Whether a rejected delivery has the form of this provider: a well-formed signature (or its equivalent) and a plausible body. It proves
   * no sender; the quarantine holds such deliveries longest (R13b).
   */
  looksGenuine(delivery: Delivery): boolean;
  /** Sentences for people. */
  explain(
    proof: Proof,
    context: ExplainContext,
  ): { readonly checked: string[]; readonly unproven: string[] };
  /** The first is what *Send a test* sends: it notifies by default. */
  readonly simulations: readonly [Simulation, ...Simulation[]];
};
