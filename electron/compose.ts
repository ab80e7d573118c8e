import type { App } from './app.ts';
import { openAnnouncer, withWatchedNotifier } from './composition/announcer.ts';
import { openHolds } from './composition/holds.ts';
import { openReceiver } from './composition/receiver.ts';
import { sidesOf } from './composition/sides.ts';
import { openStorage } from './composition/storage.ts';
import { openWindow } from './composition/window.ts';
import { effectsOn } from './effects.ts';
import { createSignals } from './signals.ts';
import { traceOf } from './trace.ts';
import type { Edges } from './world.ts';

/**
 * Puts the app together: storage, the receiver on it, the announcer, and what the window sees of them. Parts emit signals; `effects.ts`
 * lists what follows each. Settles when deliveries can be received.
 */
export async function compose(world: Edges, signals = createSignals()): Promise<App> {
  const { emit, subscribe } = signals;
  const edges = withWatchedNotifier(world, emit);
  const storage = await openStorage(edges, emit);
  const receiver = openReceiver(edges, emit, storage);
  const holds = await openHolds(edges, emit, storage);
  const announcer = openAnnouncer(edges, emit, storage, holds);
  const window = openWindow({ edges, emit, storage, receiver, announcer, holds });
  const parts = { now: edges.now, ...storage, ...receiver, ...window, announcer, holds };
  subscribe(effectsOn(parts), (signal, error) =>
    edges.log(`what follows ${signal}: ${traceOf(error)}`),
  );
  return sidesOf(emit, parts);
}
