import type { Schedule } from '../schedule.ts';
import type { SettingsStore } from '../setup/settings.ts';

export type OldUrl = {
  readonly sourceId: string;
  /** When it stops working, epoch ms. */
  readonly until: number;
  readonly stopped: boolean;
};

export type OldUrls = {
  /** To be called for each accepted delivery. `until`: as of its endpoint, null for the current URL. */
  readonly arrived: (sourceId: string, until: number | null) => void;
  readonly list: () => OldUrl[];
};

export type OldUrlOptions = {
  readonly settings: Pick<SettingsStore, 'current' | 'remember'>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly schedule: Schedule;
  readonly onChange: () => void;
};

/** The sources whose portals still post to a URL that was replaced. */
export const createOldUrls = ({ settings, now, schedule, onChange }: OldUrlOptions): OldUrls => {
  const inUse = () => settings.current.oldUrls;
  const changeAt = (until: number) => {
    if (until > now()) schedule(until - now(), onChange);
  };
  for (const { until } of inUse()) changeAt(until);

  return {
    arrived: (sourceId, until) => {
      const known = inUse().find((one) => one.sourceId === sourceId)?.until ?? null;
      if (until === known) return;
      const others = inUse().filter((one) => one.sourceId !== sourceId);
      settings.remember({ oldUrls: until === null ? others : [...others, { sourceId, until }] });
      if (until !== null) changeAt(until);
      onChange();
    },
    list: () =>
      inUse().map(({ sourceId, until }) => ({ sourceId, until, stopped: until <= now() })),
  };
};
