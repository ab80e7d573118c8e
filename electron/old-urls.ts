import type { Later } from './later.ts';

export type OldUrl = {
  readonly sourceId: string;
  /** When it stops working, epoch ms. */
  readonly until: number;
  /** It has stopped: what is posted to it is answered 404. */
  readonly stopped: boolean;
};

export type OldUrls = ReturnType<typeof createOldUrls>;

/** The sources whose portals posted to a URL that was replaced, and not to the new one since. */
export const createOldUrls = (now: () => number, later: Later, onChange: () => void) => {
  const inUse = new Map<string, number>();

  return {
    /** A delivery came for this source. `until`: as of its endpoint, null for the current URL. */
    arrived: (sourceId: string, until: number | null): void => {
      if (until === (inUse.get(sourceId) ?? null)) return;
      if (until === null) inUse.delete(sourceId);
      else {
        inUse.set(sourceId, until);
        later(until - now(), onChange);
      }
      onChange();
    },
    list: (): OldUrl[] =>
      [...inUse].map(([sourceId, until]) => ({ sourceId, until, stopped: until <= now() })),
  };
};
