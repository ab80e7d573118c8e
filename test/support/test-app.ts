import type { HttpAnswer, Sent } from '../../bench/harness/http.ts';
import type { Ask } from '../../shared/ipc.ts';

export type Shown = { readonly title: string; readonly body: string };

/** The app as a spec sees it, in plain Node or in Electron. */
export type TestApp = AsyncDisposable & {
  readonly deliver: (sent: Sent) => Promise<HttpAnswer>;
  readonly ask: Ask;
  /** The notifications that were shown, oldest first. */
  readonly notifications: () => Promise<Shown[]>;
  /** The file chosen in every dialog from now on; null cancels. */
  readonly choose: (file: string | null) => Promise<void>;
  /** Quits, and starts again on the same folder. */
  readonly restart: () => Promise<void>;
  /** Kills the app, and starts it again on the same folder. */
  readonly killAndRestart: () => Promise<void>;
  readonly port: () => number;
  readonly folder: string;
  /** Epoch ms, as the app sees it. */
  readonly now: () => number;
};

export type OpenOptions = {
  /** The provisioning file: an object, or text that may be broken. */
  readonly provision?: object | string;
};
