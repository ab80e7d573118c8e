import type { Updates } from '../../shared/updates.ts';
import { isOlder } from './version.ts';

export type UpdateFailure = Pick<Extract<Updates, { status: 'failed' }>, 'why' | 'message'>;

/** What a check of the feed comes to. Instants are epoch ms. */
export type FeedEvent =
  | { readonly kind: 'current'; readonly at: number }
  /** The feed has a newer version, which is being downloaded. */
  | { readonly kind: 'found'; readonly version: string; readonly at: number }
  | { readonly kind: 'downloaded'; readonly version: string }
  | ({ readonly kind: 'failed' } & UpdateFailure);

export type UpdateEvent =
  | FeedEvent
  | { readonly kind: 'checking' }
  /** The installed files are of this version; null where they are newer and do not say it. */
  | { readonly kind: 'installed'; readonly version: string | null };

export type Versions = {
  /** Of the running app. */
  readonly running: string;
  /** See `UpdateEdges`. */
  readonly missed: string | null;
};

/** How updates stand after something happened. */
export const step = (before: Updates, event: UpdateEvent, versions: Versions): Updates => {
  const checkedAt = 'checkedAt' in before ? before.checkedAt : null;
  switch (event.kind) {
    case 'installed':
      return event.version === versions.running
        ? { status: 'watching' }
        : ready(event.version, 'installed', versions);
    case 'checking':
      return { status: 'checking', checkedAt };
    case 'current':
      return { status: 'current', checkedAt: event.at };
    case 'found':
      return { status: 'downloading', version: event.version, checkedAt: event.at };
    case 'downloaded':
      return ready(event.version, 'downloaded', versions);
    case 'failed':
      return { status: 'failed', why: event.why, message: event.message, checkedAt };
  }
};

const ready = (
  version: string | null,
  how: 'installed' | 'downloaded',
  { running, missed }: Versions,
): Updates => ({
  status: 'ready',
  version,
  how,
  isOlder: version !== null && isOlder(version, running),
  isMissed: version !== null && version === missed,
});
