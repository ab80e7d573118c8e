import { useEffect } from 'react';
import type { TimelineEntry } from '../../shared/timeline.ts';
import { ask } from '../state.ts';
import { createStore, useStore } from '../store.ts';

type OwnNames = { readonly names: ReadonlyMap<string, string> };

const store = createStore<OwnNames>({ names: new Map() });

const keyOf = (sourceId: string, accountId: string): string =>
  JSON.stringify([sourceId, accountId]);

/** Reads the person's own names again. */
export function readOwnNames(): void {
  ask('ownNames', undefined)
    .then((found) => {
      const { names: known } = store.get();
      const names = new Map(
        found.map(({ sourceId, accountId, name }) => [keyOf(sourceId, accountId), name]),
      );
      const isSame =
        names.size === known.size && [...names].every(([key, name]) => known.get(key) === name);
      if (!isSame) store.set({ names });
    })
    .catch(console.error);
}

/** Asks for the person's own names when a page opens; they change on other pages. */
export const useOwnNamesRead = (): void => useEffect(readOwnNames, []);

/** The person's own name for the account of an entry; null without one. */
export function useOwnName(entry: TimelineEntry): string | null {
  const { names } = useStore(store);
  const account = entry.status === 'event' ? entry.event.account : null;
  return (account && names.get(keyOf(entry.sourceId, account.id))) ?? null;
}

/** A title as a notification says it: the person's own name stands first. */
export const withOwnName = (title: string, ownName: string | null): string =>
  ownName === null ? title : `${ownName}: ${title}`;
