import Store from 'electron-store';
import type { StoreFactory } from './folder.ts';
import { storeOptions } from './store-options.ts';

/** One JSON file kept by electron-store (H8). Main process only. */
export const electronStore: StoreFactory = (folder, name) => {
  // Making one reads the file, so it is made once.
  let store: Store<Record<string, unknown>> | null = null;
  const open = () => {
    store ??= new Store(storeOptions(folder, name));
    return store;
  };
  return {
    read: () => {
      const { store } = open();
      return Object.keys(store).length === 0 ? undefined : store;
    },
    write: (value) => {
      open().store = value;
    },
  };
};
