import { acks } from './parts/acks.mjs';
import { history } from './parts/history.mjs';
import { longHistory } from './parts/long-history.mjs';
import { notifications } from './parts/notifications.mjs';
import { packed } from './parts/packed.mjs';
import { scroll } from './parts/scroll.mjs';
import { search } from './parts/search.mjs';
import { slowDisk } from './parts/slow-disk.mjs';
import { start } from './parts/start.mjs';

/**
 * The parts by name, in the order in which they run.
 *
 * @type {ReadonlyMap<string, (bench: import('./types.mjs').Bench) => Promise<void>>}
 */
export const parts = new Map(
  Object.entries({
    acks,
    'slow-disk': slowDisk,
    history,
    'long-history': longHistory,
    search,
    notifications,
    scroll,
    start,
    packed,
  }),
);
