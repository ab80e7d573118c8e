import type { AppState } from '../shared/app-state.ts';
import type { PauseLength } from '../shared/hold.ts';
import type { Opening, Push } from '../shared/ipc.ts';
import type { License } from '../shared/license.ts';
import type { LoginStart } from '../shared/login-start.ts';
import type { Identity, SystemFacts } from './diagnostics/facts.ts';
import type { Notifier } from './notifications/notifier.ts';
import type { Repeatable } from './replay/curl.ts';
import type { DeliverAgain } from './replay/deliver-again.ts';
import type { Schedule } from './schedule.ts';
import type { Cipher } from './setup/keyring.ts';
import type { ProvisioningFile } from './setup/provisioning.ts';
import type { Post } from './simulate/simulator.ts';
import type { FileLine } from './storage/file-lines.ts';
import type { Folder } from './storage/folder.ts';
import type { TunnelEdges } from './tunnel/tunnel.ts';
import type { UpdateEdges } from './updates/updater.ts';

export type FileOffer = {
  readonly title: string;
  /** Without the extension. */
  readonly name: string;
  readonly format: 'jsonl' | 'csv' | 'json' | 'txt';
};

export type Saved = { readonly lines: number; readonly name: string; readonly folder: string };

export type ChosenFile = { readonly name: string } & (
  | { readonly text: string }
  | { readonly unreadable: string }
);

/** Opens a folder of ours in the file manager, or says where it is. */
export type OpenFolder = () => Promise<
  { readonly status: 'opened' } | { readonly status: 'refused'; readonly folder: string }
>;

/** Opens a URL in the person's browser; false where nothing opens it. Never rejects. */
export type OpenExternal = (url: string) => Promise<boolean>;

/** What an item of the tray's menu does. */
export type TrayAction =
  | { readonly does: 'open'; readonly opening: Opening | null }
  | { readonly does: 'copy-endpoint'; readonly sourceId: string }
  | { readonly does: 'mark-all-read' }
  | { readonly does: 'pause'; readonly until: PauseLength }
  | { readonly does: 'resume' }
  | { readonly does: 'quit' };

export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly does: TrayAction }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

/** Icon, tooltip and menu of the tray. The texts alone say the whole state. */
export type TrayMenu = {
  readonly icon: 'ok' | 'attention' | 'unseen' | 'offline' | 'paused';
  readonly tooltip: string;
  /** For a badge, where there is one. */
  readonly unseen: number;
  readonly items: readonly TrayItem[];
};

export type Edges = {
  readonly folders: {
    readonly settings: Folder;
    readonly history: Folder;
    readonly quarantine: Folder;
  };
  /** Never blocks (K5). Rejects with `KeyringClosed` where the keyring cannot answer now. May never settle. */
  readonly keyring: () => Promise<Cipher>;
  /** Calls `listener` whenever the keyring's answer may have changed. */
  readonly onKeyringChange: (listener: () => void) => void;
  /** Epoch ms. */
  readonly now: () => number;
  /** Ms since the computer started, sleep included. Nobody can set this clock. */
  readonly uptime: () => number;
  readonly schedule: Schedule;
  /** The computer's time zone by its IANA name, such as `Europe/Berlin`. */
  readonly zone: () => string;
  readonly random: {
    readonly id: () => string;
    readonly token: () => string;
    readonly hex: (digits: number) => string;
  };
  readonly notifier: Notifier;
  readonly window: {
    readonly push: (push: Push) => void;
    readonly opening: () => Opening | null;
  };
  readonly clipboard: (text: string) => void;
  readonly tunnel: Pick<TunnelEdges, 'agent' | 'steady' | 'chance' | 'fetch' | 'askReceiver'>;
  /** Posts to our own receiver, marked as our own simulator. */
  readonly post: Post;
  readonly deliverAgain: DeliverAgain;
  /** Posts to a server on this computer, whose URL is a `loopbackUrl`. Rejects with the system's error. */
  readonly forward: (
    request: Repeatable,
  ) => Promise<{ readonly status: number; readonly ms: number }>;
  /** Writes lines to a file that the person chooses; null when they choose none. Reads no line before the choice. */
  readonly saveLines: (lines: AsyncIterable<string>, offer: FileOffer) => Promise<Saved | null>;
  /** Reads the file that the person chooses, from its first line on each call; null when they choose none. */
  readonly readLines: () => Promise<(() => AsyncIterable<FileLine>) | null>;
  /** A settings file that the person chooses; null when they choose none. */
  readonly readSettings: () => Promise<ChosenFile | null>;
  readonly openHistoryFolder: OpenFolder;
  readonly openLogFolder: OpenFolder;
  readonly openExternal: OpenExternal;
  /** Of Hookbell and of all that it is shipped with. */
  readonly licenses: () => Promise<License[]>;
  readonly loginStart: {
    readonly read: () => Promise<LoginStart>;
    /** Rejects with the system's error. */
    readonly set: (on: boolean) => Promise<void>;
  };
  readonly updates: UpdateEdges;
  readonly about: Pick<AppState, 'version' | 'folder' | 'runtime'>;
  /** For a bug report. */
  readonly diagnostics: {
    /** Never rejects. */
    readonly system: () => Promise<SystemFacts>;
    readonly identity: () => Identity;
    /** The last lines of the log, oldest first. Never rejects. */
    readonly log: () => Promise<readonly string[]>;
  };
  readonly log: (line: string) => void;
  readonly provisioning: ProvisioningFile | null;
};
