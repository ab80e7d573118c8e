import { useSyncExternalStore } from 'react';

export type Readable<T> = {
  get: () => T;
  /** Calls `listener` after every change; returns how to stop. */
  subscribe: (listener: () => void) => () => void;
};

export type Store<T> = Readable<T> & {
  /** Merges; calls no listener where nothing changed. */
  set: (change: Partial<T>) => void;
};

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();

  return {
    get: () => value,
    set: (change) => {
      const keys = Object.keys(change) as (keyof T)[];
      if (keys.every((key) => Object.is(value[key], change[key]))) return;
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useStore = <T extends object>(store: Readable<T>): T =>
  useSyncExternalStore(store.subscribe, store.get, store.get);
