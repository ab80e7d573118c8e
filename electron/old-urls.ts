import type { Later } from './later.ts';
import type { SettingsStore } from './setup/settings.ts';

export type OldUrl = {
  readonly sourceId: string;
  /** When it stops working, epoch ms. */
  readonly until: number;
  /** It has stopped: what is posted to it is answered 404. */
  readonly stopped: boolean;
};

export type OldUrls = ReturnType<typeof createOldUrls>;

export type OldUrlOptions = {
  readonly settings: Pick<SettingsStore, 'current' | 'remember'>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly later: Later;
  readonly onChange: () => void;
};

/** The sources whose portals posted to a URL that was replaced, and not to the new one since. */
export const createOldUrls = ({ settings, now, later, onChange }: OldUrlOptions) => {
  const inUse = () => settings.current.oldUrls;
  const tellAt = (until: number) => {
    if (until > now()) later(until - now(), onChange);
  };
  for (const { until } of inUse()) tellAt(until);

  return {
    /** A delivery for this source was believed. `until`: as of its endpoint, null for the current URL. */
    arrived: (sourceId: string, until: number | null): void => {
      const known = inUse().find((one) => one.sourceId === sourceId)?.until ?? null;
      if (until === known) return;
      const others = inUse().filter((one) => one.sourceId !== sourceId);
      settings.remember({ oldUrls: until === null ? others : [...others, { sourceId, until }] });
      if (until !== null) tellAt(until);
      onChange();
    },
    list: (): OldUrl[] =>
      inUse().map(({ sourceId, until }) => ({ sourceId, until, stopped: until <= now() })),
  };
};
