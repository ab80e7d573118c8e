import Conf from 'conf';
import { storesMadeBy } from '../../electron/edges/stores.ts';

/** Stores in plain Node. `conf` is the engine of electron-store, so the files are the same. */
export const confStore = storesMadeBy(
  ({ name, ...options }) => new Conf({ ...options, configName: name }),
);
