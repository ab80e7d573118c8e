import Store from 'electron-store';
import { storesMadeBy } from './stores.ts';

/** One JSON file kept by electron-store (H8). Main process only. */
export const electronStore = storesMadeBy((options) => new Store(options));
