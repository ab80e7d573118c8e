import type { openGaps } from './insight/gaps.ts';
import type { Later } from './later.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { WayIn } from './tunnel/tunnel.ts';

export type TunnelWatchOptions = {
  readonly settings: SettingsStore;
  readonly gaps: ReturnType<typeof openGaps>;
  readonly now: () => number;
  readonly later: Later;
  /** There has been no way in for five minutes. */
  readonly onDown: () => void;
};

const downMs = 5 * 60_000;

/** What follows from how the public way in does: gaps, one notification when it is down for long, and the portals that a new URL is news for. */
export const createTunnelWatch = ({ settings, gaps, now, later, onDown }: TunnelWatchOptions) => {
  let lostAt: number | null = null;
  let callOff = () => {};

  const follow = (wayIn: WayIn): void => {
    switch (wayIn.status) {
      case 'none':
        lostAt = null;
        callOff();
        return;
      case 'receiving':
        if (lostAt !== null) gaps.add(lostAt, now(), 'tunnel');
        lostAt = null;
        callOff();
        remember(wayIn.url);
        return;
      case 'connecting':
      case 'degraded':
      case 'offline':
        if (lostAt !== null) return;
        lostAt = now();
        callOff();
        callOff = later(downMs, onDown);
    }
  };

  /** A URL that is not the one of the last time has to be pasted into every portal again. */
  const remember = (url: string): void => {
    const { publicUrl, sources, moved } = settings.current;
    if (publicUrl === url) return;
    settings.remember({
      publicUrl: url,
      moved: publicUrl === null ? moved : sources.map(({ id }) => id),
    });
  };

  return {
    follow,
    /** A delivery came in for this source: its portal knows the URL. */
    arrived: (sourceId: string): void => {
      const { moved } = settings.current;
      if (moved.includes(sourceId))
        settings.remember({ moved: moved.filter((id) => id !== sourceId) });
    },
  };
};
