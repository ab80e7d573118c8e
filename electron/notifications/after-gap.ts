import type { Schedule } from '../schedule.ts';
import { type Announcement, isOf } from './announcement.ts';
import { distinctSpans, restartSpan, type Span } from './hold.ts';

const lastsMs = 20_000;

/** Collects what comes within 20 s after a gap: providers retry all at once then. */
export type AfterGap = {
  /** Begins with what waits already. False while it lasts. */
  readonly begin: (span: Span, waiting: readonly Announcement[]) => boolean;
  /** False where no gap has just ended. */
  readonly add: (announcements: readonly Announcement[], spans: readonly Span[]) => boolean;
  /** Removes and returns what is about a condition. */
  readonly takeOut: (conditionId: string) => readonly Announcement[];
  readonly list: () => readonly Announcement[];
};

export const createAfterGap = (
  schedule: Schedule,
  onOver: (announcements: readonly Announcement[], spans: readonly Span[]) => void,
): AfterGap => {
  let since: { all: Announcement[]; spans: readonly Span[] } | null = null;

  return {
    begin: (span, waiting) => {
      if (since) return false;
      since = { all: [...waiting], spans: [span] };
      schedule(lastsMs, () => {
        const { all, spans } = since ?? { all: [], spans: [] };
        since = null;
        onOver(all, spans);
      });
      return true;
    },
    add: (announcements, spans) => {
      if (!since) return false;
      // Thousands may come one by one.
      for (const one of announcements) since.all.push(one);
      // The gap says that the app had ended.
      const others = spans.filter((span) => span !== restartSpan);
      since.spans = distinctSpans([...since.spans, ...others]);
      return true;
    },
    takeOut: (conditionId) => {
      const taken = since?.all.filter(isOf(conditionId)) ?? [];
      if (since && taken.length > 0) since.all = since.all.filter((one) => !taken.includes(one));
      return taken;
    },
    list: () => since?.all ?? [],
  };
};
