import type { AppState } from '../shared/app-state.ts';
import type { Opening, Push } from '../shared/ipc.ts';
import type { FileLine } from './file-lines.ts';
import type { Folder } from './history/folder.ts';
import type { Later } from './later.ts';
import type { Notifier } from './notify/teller.ts';
import type { Cipher } from './setup/vault.ts';
import type { Post } from './simulate/simulator.ts';
import type { TunnelEdges } from './tunnel/tunnel.ts';

/** What the dialog suggests to whoever saves a file. */
export type FileOffer = {
  readonly title: string;
  /** Without its ending. */
  readonly name: string;
  readonly format: 'jsonl' | 'csv' | 'json';
};

/** What was saved, and where. */
export type Saved = { readonly lines: number; readonly name: string; readonly folder: string };

/** A file by its name, and what is in it, or why that cannot be read. */
export type ChosenFile = { readonly name: string } & (
  | { readonly text: string }
  | { readonly unreadable: string }
);

/** Everything of the world that the app touches, given to it. */
export type Edges = {
  readonly folders: {
    readonly settings: Folder;
    readonly history: Folder;
    readonly quarantine: Folder;
  };
  /**
   * The system's keyring, asked without blocking (K5). Rejects with `KeyringClosed` where it is there and gives nothing now; then it is
   * asked again. May never settle.
   */
  readonly keyring: () => Promise<Cipher>;
  /** Calls `listener` whenever the keyring may answer otherwise than before. */
  readonly onKeyringChange: (listener: () => void) => void;
  /** Epoch ms. */
  readonly now: () => number;
  /** Ms since the computer was started, its sleep included. Nobody can set that clock. */
  readonly uptime: () => number;
  readonly later: Later;
  readonly random: {
    readonly id: () => string;
    readonly token: () => string;
    readonly hex: (digits: number) => string;
  };
  readonly notifier: Notifier;
  readonly window: {
    readonly push: (push: Push) => void;
    /** What a window that has just loaded shows first; null when nothing asked for it. */
    readonly opening: () => Opening | null;
  };
  readonly clipboard: (text: string) => void;
  /** Everything of the tunnel that touches the world. */
  readonly tunnel: Pick<TunnelEdges, 'agent' | 'steady' | 'chance' | 'fetch' | 'askReceiver'>;
  /** Posts to our own receiver, marked as our own simulator. */
  readonly post: Post;
  /** Writes lines where the person says; null when they say nowhere. Nothing is asked of `lines` before. */
  readonly saveLines: (lines: AsyncIterable<string>, offer: FileOffer) => Promise<Saved | null>;
  /** The lines of a file the person chooses, from the first whenever it is called; null when they choose none. */
  readonly readLines: () => Promise<(() => AsyncIterable<FileLine>) | null>;
  /** A file of settings that the person chooses; null when they choose none. */
  readonly readSettings: () => Promise<ChosenFile | null>;
  /** Shows the folder of the history in the system's file manager. */
  readonly openHistoryFolder: () => Promise<
    { readonly status: 'opened' } | { readonly status: 'refused'; readonly folder: string }
  >;
  readonly about: Pick<AppState, 'version' | 'folder' | 'runtime'>;
  readonly log: (line: string) => void;
  /** The text of the provisioning file, when the app was started with one; what could not be read is a mistake of its own. */
  readonly provisioning: { readonly text: string } | { readonly unreadable: string } | null;
};
