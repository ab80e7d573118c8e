import Conf from 'conf';
import type { StoreFactory } from '../../electron/edges/folder.ts';
import { storeOptions } from '../../electron/edges/store-options.ts';

/** `conf` is the engine of electron-store; the files are the same. */
export const confStore: StoreFactory = (folder, name) => {
  let conf: Conf<Record<string, unknown>> | null = null;
  const open = () => {
    conf ??= new Conf({ ...storeOptions(folder, name), configName: name });
    return conf;
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
