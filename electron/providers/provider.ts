import type { Fact, Proof, ProviderEvent, Reading, UnreadableBody } from '../../shared/event.ts';
import type { ProviderInfo } from '../../shared/source.ts';
import type { Delivery } from '../delivery.ts';
import type { Verdict } from '../verdict.ts';

/** What a source gives its provider to check deliveries with. */
export type Credentials = {
  /** Newest first. */
  readonly secrets: readonly string[];
  readonly clientId: string | null;
  /** Null: the provider's published addresses, checked only where the sender's can be known. Empty: no check. A list: always enforced. */
  readonly allowedAddresses: readonly string[] | null;
};

/**
 * What makes a delivery the same as an earlier one of its source. `id` names it; `version` tells whether it also says the same.
 * Where the id was seen with another version, `differing` decides: keep both as a conflict, or call it a repeat and add a note.
 */
export type RepeatKey = {
  readonly id: string;
  readonly version: string;
  readonly differing: 'conflict' | { readonly note: string };
  /** How long the id is remembered against, in ms between the two receipts; null: as long as the memory lasts. */
  readonly withinMs: number | null;
};

/** The body holds no JSON object that can be read. */
export type Unreadable = { readonly status: 'unreadable'; readonly why: UnreadableBody };

/** What an explanation is about, beside the proof. */
export type ExplainContext = {
  /** Null where the delivery was not understood. */
  readonly event: ProviderEvent | null;
  readonly simulated: boolean;
};

/** An event, and its details for whoever asks: making them takes longer than all the rest of it. */
export type EventRead = {
  readonly event: ProviderEvent;
  readonly facts: () => readonly Fact[];
};

export type Understanding = {
  readonly reading: Reading | Unreadable;
  /** None of what is no event. */
  readonly facts: () => readonly Fact[];
  /** A match of any one of them makes the delivery a repeat. Never empty. */
  readonly repeatKeys: readonly [RepeatKey, ...RepeatKey[]];
};

/** What a simulation may use to make one genuine delivery. */
export type SimulationContext = {
  /** The source's newest secret, to sign with. */
  readonly secret: string | null;
  readonly clientId: string | null;
  /** Epoch ms. */
  readonly now: number;
  /** A fresh random hex text of that many digits. */
  readonly hex: (digits: number) => string;
};

/** One kind of delivery the simulator can make, exactly as the provider would send it. */
export type Simulation = {
  readonly id: string;
  readonly label: string;
  readonly make: (context: SimulationContext) => {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
};

/** A company that sends webhooks, and how to believe and read it. All functions are pure, and none of them throws. */
export type Provider = {
  readonly id: string;
  readonly name: string;
  readonly info: Omit<ProviderInfo, 'id' | 'name' | 'simulations'>;
  /** Header names (lower case) whose values prove or identify a sender and are masked wherever they are shown. */
  readonly sensitiveHeaders: readonly string[];
  authenticate(delivery: Delivery, credentials: Credentials): Verdict;
  /**
   * Total: any body becomes an event, is unrecognized, or is unreadable. Nothing of the body is used before it is believed;
   * `proof` says how it was, because a header no signature covers names no repeat.
   */
  understand(delivery: Delivery, proof: Proof): Understanding;
  /**
   * Whether a delivery that was not believed looks like one of this provider: a well-formed signature (or what stands for one), and
   * a body that it could have sent. Says nothing about who sent it; decides what the quarantine holds longest (R13b).
   */
  looksGenuine(delivery: Delivery): boolean;
  /** Sentences for people about a proof: what was checked, and what that does not prove. */
  explain(
    proof: Proof,
    context: ExplainContext,
  ): { readonly checked: string[]; readonly unproven: string[] };
  readonly simulations: readonly Simulation[];
};
