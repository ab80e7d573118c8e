import type { openGaps } from './insight/gaps.ts';
import type { Later } from './later.ts';
import type { SettingsStore } from './setup/settings.ts';
import type { WayIn } from './tunnel/tunnel.ts';

export type TunnelWatchOptions = {
  readonly settings: SettingsStore;
  readonly gaps: ReturnType<typeof openGaps>;
  readonly later: Later;
  /** Epoch ms. */
  readonly now: () => number;
  /** There has been no way in for five minutes. */
  readonly onDown: () => void;
};

const downMs = 5 * 60_000;

/** What follows from how the public way in does: gaps, one notification when it is down for long, and the portals that a new URL is news for. */
export const createTunnelWatch = ({ settings, gaps, later, now, onDown }: TunnelWatchOptions) => {
  let isLost = false;
  /** Only a request of our own did not come back, and the way from here to there may be to blame. */
  let isDoubt = false;
  let callOff = () => {};
  /** However often it is tried again meanwhile, and also while the computer sleeps. */
  let outage: { readonly since: number; isLong: boolean } | null = null;

  const follow = (wayIn: WayIn): void => {
    isDoubt = wayIn.status === 'degraded' && typeof wayIn.why === 'object';
    switch (wayIn.status) {
      case 'none':
        found();
        // Else it is only not opened just now.
        if (settings.current.tunnel.kind === 'none') outage = null;
        return;
      case 'receiving':
        found();
        outage = null;
        remember(wayIn.url);
        return;
      case 'connecting':
      case 'degraded':
      case 'offline':
        lose();
    }
  };

  const lose = (): void => {
    outage ??= { since: now(), isLong: false };
    if (isLost) return;
    isLost = true;
    gaps.begin('tunnel');
    callOff = later(downMs, () => {
      if (outage) outage.isLong = true;
      onDown();
    });
  };

  const found = (): void => {
    isLost = false;
    callOff();
    gaps.end('tunnel');
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
    /** Since when there has been no way in (epoch ms), and whether for five minutes; null while there is one, or none is wanted. */
    outage: (): { readonly since: number; readonly isLong: boolean } | null => outage,
    /** ngrok is wanted, and nothing opens it: its authtoken is missing or cannot be read. */
    lacks: (isLacking: boolean): void => {
      if (isLacking) lose();
      else if (settings.current.tunnel.kind === 'none') {
        found();
        outage = null;
      }
    },
    /** A delivery came in for this source: its portal knows the URL. */
    arrived: (sourceId: string): void => {
      if (isLost && isDoubt) {
        // What is lost after it is a loss of its own.
        isLost = false;
        outage = null;
        callOff();
        gaps.takeBack('tunnel');
      }
      const { moved } = settings.current;
      if (moved.includes(sourceId))
        settings.remember({ moved: moved.filter((id) => id !== sourceId) });
    },
  };
};
