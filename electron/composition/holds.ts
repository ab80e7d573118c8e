import { createHolds, type OwnHolds } from '../notifications/holds.ts';
import type { Emit } from '../signals.ts';
import { traceOf } from '../trace.ts';
import type { Edges } from '../world.ts';
import type { StorageParts } from './storage.ts';

/** Opens pause and quiet hours. Settles when the hold is known that the app starts with. */
export const openHolds = async (
  { now, schedule, zone, log }: Edges,
  emit: Emit,
  { settings }: Pick<StorageParts, 'settings'>,
): Promise<OwnHolds> => {
  const holds = createHolds({ settings, now, schedule, zone });
  holds.onChange(() => emit('changed'));
  await holds.ready().catch((error: unknown) => log(`quiet hours: ${traceOf(error)}`));
  return holds;
};
