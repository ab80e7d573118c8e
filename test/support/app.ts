import type { Ask } from '../../shared/ipc.ts';
import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import type { HttpAnswer, Sent } from './http.ts';
import { openInMemory } from './memory.ts';

export type Shown = { readonly title: string; readonly body: string };

/** The app as a spec sees it, whichever body it is in. */
export type TestApp = AsyncDisposable & {
  readonly deliver: (sent: Sent) => Promise<HttpAnswer>;
  /** As the window asks. */
  readonly ask: Ask;
  /** What a person saw pop up, oldest first. */
  readonly notifications: () => Promise<Shown[]>;
  /** What the person answers to every file dialog from now on: this file, or that they thought better of it. */
  readonly choose: (file: string | null) => Promise<void>;
  /** Quits as a person would and starts again on the same folder. */
  readonly restart: () => Promise<void>;
  /** Ends at once, without a chance to save anything, and starts again on the same folder. */
  readonly killAndRestart: () => Promise<void>;
  readonly port: () => number;
  /** The folder everything is kept in. */
  readonly folder: string;
  /** Epoch ms, as the app sees it. */
  readonly now: () => number;
};

export type OpenOptions = {
  /** The provisioning file: an object, or its text when it is to be broken. */
  readonly provision?: object | string;
};

/** Starts a fresh app in the body the test project asks for. */
export const openApp = async (options: OpenOptions = {}): Promise<TestApp> => {
  if (process.env.HOOKBELL_BODY !== 'electron') return openInMemory(options);
  const { openInElectron } = await import('./electron.ts');
  return openInElectron(options);
};

/** The whole timeline as the window gets it, newest first, page by page. */
export const pagesOf = async (app: TestApp): Promise<TimelineEntry[][]> => {
  const pages: TimelineEntry[][] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = await app.ask('timeline', { before });
    pages.push(page.entries);
    before = page.before;
  } while (before !== null);
  return pages;
};

export const timelineOf = async (app: TestApp): Promise<TimelineEntry[]> =>
  (await pagesOf(app)).flat();

export const titlesOf = async (app: TestApp): Promise<(string | null)[]> =>
  (await timelineOf(app)).map((entry) =>
    entry.status === 'event' ? entry.event.title : entry.type,
  );
