import { type Announcer, createAnnouncer } from '../notifications/announcer.ts';
import type { Holds } from '../notifications/hold.ts';
import { watchArrival } from '../notifications/not-arriving.ts';
import { isRelayUnproven } from '../receiver/unproven-relay.ts';
import type { Emit } from '../signals.ts';
import { accountPlace } from '../window/answers/places.ts';
import type { Edges } from '../world.ts';
import type { StorageParts } from './storage.ts';

/** The edges, with a notifier that also reports that notifications do not arrive. */
export const withWatchedNotifier = (edges: Edges, emit: Emit): Edges => ({
  ...edges,
  notifier: watchArrival(edges.notifier, {
    now: edges.now,
    onChange: (problem) => emit('notifications', problem),
  }),
});

/** Makes the announcer, which applies what was received to insight and notifies. */
export const openAnnouncer = (
  edges: Edges,
  emit: Emit,
  storage: StorageParts,
  holds: Holds,
): Announcer => {
  const { now, schedule, notifier } = edges;
  const { settings, sources, insight, history, conditionStore } = storage;
  return createAnnouncer({
    notifier,
    schedule,
    now,
    insight,
    history,
    holds,
    isMuted: conditionStore.isSetAside,
    detail: () => settings.current.preferences.notificationDetail,
    rules: () => settings.current.rules,
    placeOf: (sourceId, accountId) => accountPlace(sourceId, accountId, { sources, ...insight }),
    sourceOf: ({ sourceId }) => sources.find(sourceId),
    unprovenRelay: () => isRelayUnproven(settings, insight.sourceHealth),
    onAdded: (entries) => emit('added', entries),
    onRejected: () => emit('quarantineChanged'),
  });
};
