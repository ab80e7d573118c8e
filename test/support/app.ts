import type { TimelineEntry, TimelinePage } from '../../shared/timeline.ts';
import { openInMemory } from './memory.ts';
import type { OpenOptions, TestApp } from './test-app.ts';

/** Starts a fresh app in the body the test project asks for. */
export const openApp = async (options: OpenOptions = {}): Promise<TestApp> => {
  if (process.env.HOOKBELL_BODY !== 'electron') return openInMemory(options);
  const { openInElectron } = await import('./electron.ts');
  return openInElectron(options);
};

/** The whole timeline as the window gets it, newest first, page by page. */
export const pagesOf = async (app: Pick<TestApp, 'ask'>): Promise<TimelineEntry[][]> => {
  const pages: TimelineEntry[][] = [];
  let before: TimelinePage['before'] = null;
  do {
    const page: TimelinePage = await app.ask('timeline', { before });
    pages.push(page.entries);
    before = page.before;
  } while (before !== null);
  return pages;
};

export const timelineOf = async (app: Pick<TestApp, 'ask'>): Promise<TimelineEntry[]> =>
  (await pagesOf(app)).flat();

export const titlesOf = async (app: TestApp): Promise<(string | null)[]> =>
  (await timelineOf(app)).map((entry) =>
    entry.status === 'event' ? entry.event.title : entry.type,
  );
