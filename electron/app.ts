import type { AppState } from '../shared/app-state.ts';
import type { ConditionReason } from '../shared/condition.ts';
import type { PauseLength } from '../shared/hold.ts';
import type { Refusal } from '../shared/refusals.ts';
import type { TimelineEntry } from '../shared/timeline.ts';
import type { Mask } from './masking.ts';
import type { Gate } from './receiver/gate.ts';
import type { Listening } from './receiver/listening.ts';
import type { Pipeline } from './receiver/pipeline.ts';
import type { StoredSource } from './setup/settings.ts';
import type { Simulate } from './simulate/simulator.ts';
import type { ReconnectReason } from './tunnel/phase.ts';
import type { AskAnything } from './window/ask.ts';

/** The app without its edges: what the HTTP server, the window and the desktop call. */
export type App = {
  readonly receiver: ReceiverSide;
  readonly window: WindowSide;
  readonly shell: ShellSide;
};

/** For the HTTP server. */
export type ReceiverSide = {
  readonly admit: Gate['admit'];
  readonly receive: Pipeline['receive'];
  /** To be called for each request that neither `admit` nor `receive` answered. */
  readonly onRefused: (why: Refusal, sender?: { readonly simulated: boolean }) => void;
  /** To be called whenever the server begins to listen, or cannot. */
  readonly onListening: (listening: Listening) => void;
  /** The fixed port, or null when any will do. */
  readonly wantedPort: () => number | null;
};

/** For the window and the tray. */
export type WindowSide = {
  /** Answers with what is known now; what is found out later is pushed. */
  readonly ask: AskAnything;
  readonly state: () => AppState;
  /** Calls `listener` after every change of the state, at most a few times a second. */
  readonly onState: (listener: (state: AppState) => void) => void;
  /** The newest entries, newest first. */
  readonly recent: () => readonly TimelineEntry[];
  /** Puts the endpoint URL of a source on the clipboard. */
  readonly copyEndpoint: (id: string) => void;
  readonly markAllSeen: () => void;
  readonly pause: (until: PauseLength) => void;
  readonly resume: () => void;
  readonly wasToldAboutTray: () => boolean;
  readonly rememberToldAboutTray: () => void;
};

/** For the desktop: starting, commands, power, quitting. */
export type ShellSide = {
  /**
   * Asks the keyring, and reads what no sender waits for: to be called once the receiver listens and window and tray are there (K5).
   * Idempotent. Settles when all of that is known, or the keyring was given up; where it rejects with the system's error, the next call
   * tries again.
   */
  readonly ready: () => Promise<void>;
  readonly simulate: Simulate;
  readonly sources: () => readonly StoredSource[];
  /** See `History.seqOf`. */
  readonly seqOf: (id: string) => Promise<number | null>;
  readonly exportLines: (withQuarantine: boolean) => AsyncIterable<string>;
  readonly note: (reason: ConditionReason) => void;
  /** Hides our own secrets and tokens, as they are now. */
  readonly masking: () => Mask;
  /** Where the simulator posts to: the public URL while it works, so that a test shows what a provider would see; else null. */
  readonly simulatorBase: () => string | null;
  /** The connection to the outside may be stale. */
  readonly reconnect: (why: ReconnectReason) => void;
  /** The computer is about to sleep: the open segment is sealed, and the tunnel says that nobody is here (T5). */
  readonly fallAsleep: () => Promise<void>;
  readonly wakeUp: () => void;
  readonly closeTunnel: () => Promise<void>;
  /** Saves what is not on disk yet. Idempotent; safe to be cut off, because nothing acknowledged waits for it. */
  readonly close: () => Promise<void>;
};
