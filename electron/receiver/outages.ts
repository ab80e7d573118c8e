import type { Pipe } from '../../shared/pipe.ts';
import type { Gaps } from '../insight/gaps.ts';
import type { Schedule } from '../schedule.ts';
import type { SettingsStore } from '../setup/settings.ts';

export type OutagesOptions = {
  readonly settings: SettingsStore;
  readonly gaps: Pick<Gaps, 'begin' | 'end' | 'discard'>;
  readonly schedule: Schedule;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onDown: () => void;
  /** The URL works; or null, none is wanted, or it worked all the time. */
  readonly onUp: (again: WorksAgain | null) => void;
};

/** `since` is epoch ms; `isLong` after five minutes. */
export type Outage = { readonly since: number; readonly isLong: boolean };

/** Epoch ms. `downSince` is null where no outage was known. */
export type WorksAgain = { readonly downSince: number | null; readonly at: number };

export type Outages = {
  /** To be called with every new status of the tunnel. */
  readonly follow: (status: Pipe | null) => void;
  /** One outage lasts through every attempt and through sleep; null while the URL works or none is wanted. */
  readonly current: () => Outage | null;
  /** ngrok is wanted, and its authtoken is missing or cannot be read. */
  readonly authtokenMissing: (isMissing: boolean) => void;
  /** A delivery came in for this source: its portal knows the URL. */
  readonly arrived: (sourceId: string) => void;
};

const longMs = 5 * 60_000;

/** Turns the status of the public URL into gaps, one notification of a long outage, and the portals that need a new URL. */
export const watchOutages = (options: OutagesOptions): Outages => {
  const { settings, gaps, schedule, now, onDown, onUp } = options;
  let isDown = false;
  /** Only the probe failed: the way from here to the public URL may be to blame. */
  let isDoubt = false;
  let cancel = () => {};
  const outage = createOutage(now, onUp);

  const down = (): void => {
    outage.begin();
    if (isDown) return;
    isDown = true;
    gaps.begin('tunnel');
    cancel = schedule(longMs, () => {
      outage.lasts();
      onDown();
    });
  };

  const notDown = (): void => {
    isDown = false;
    cancel();
    gaps.end('tunnel');
  };

  /** The URL may only be closed for a moment: the outage ends where none is wanted. */
  const closed = (): void => {
    notDown();
    if (settings.current.tunnel.kind === 'none') outage.end(false);
  };

  const follow = (status: Pipe | null): void => {
    isDoubt = status?.status === 'degraded' && status.evidence === 'probe';
    if (status === null || status.status === 'local-only') closed();
    else if (status.status === 'receiving') {
      notDown();
      outage.end(true);
      rememberUrl(settings, status.url);
    } else down();
  };

  return {
    follow,
    current: outage.current,
    authtokenMissing: (isMissing) => {
      if (isMissing) down();
      else if (settings.current.tunnel.kind === 'none') closed();
    },
    arrived: (sourceId) => {
      if (isDown && isDoubt) {
        // It was no outage; one that follows is a new one.
        isDown = false;
        outage.end(false);
        cancel();
        gaps.discard('tunnel');
      }
      portalKnows(settings, sourceId);
    },
  };
};

/** The outage that is under way, and the news of its end. */
const createOutage = (now: () => number, onUp: OutagesOptions['onUp']) => {
  let outage: Outage | null = null;
  /** Every probe that succeeds says that the URL works. */
  let isUp = false;
  return {
    current: (): Outage | null => outage,
    begin: (): void => {
      outage ??= { since: now(), isLong: false };
      isUp = false;
    },
    lasts: (): void => {
      if (outage) outage = { ...outage, isLong: true };
    },
    end: (works: boolean): void => {
      if (isUp) return;
      isUp = true;
      onUp(works ? { downSince: outage?.since ?? null, at: now() } : null);
      outage = null;
    },
  };
};

const portalKnows = (settings: SettingsStore, sourceId: string): void => {
  const { moved } = settings.current;
  if (moved.includes(sourceId)) settings.remember({ moved: moved.filter((id) => id !== sourceId) });
};

/** Another URL than the last time has to be pasted into every portal again. */
const rememberUrl = (settings: SettingsStore, url: string): void => {
  const { publicUrl, sources, moved } = settings.current;
  if (publicUrl === url) return;
  settings.remember({
    publicUrl: url,
    moved: publicUrl === null ? moved : sources.map(({ id }) => id),
  });
};
