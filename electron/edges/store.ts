import Store from 'electron-store';
import { storesMadeBy } from './stores.ts';

/** electron-store's JSON files (H8). Main process only. */
export const electronStore = storesMadeBy((options) => new Store(options));
