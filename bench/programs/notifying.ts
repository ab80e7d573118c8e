import { setTimeout as pause } from 'node:timers/promises';
import type { ProvisionedSource } from '../harness/deliveries.ts';
import { send } from '../harness/http.ts';
import { openNotificationServer } from '../harness/notification-server.ts';
import { openPrivateBus } from '../harness/private-bus.ts';
import { makers } from './deliveries.ts';

/** Delivers one after another, to each source in turn. */
export type Deliver = {
  readonly what: 'deliver';
  readonly port: number;
  readonly sources: readonly [ProvisionedSource, ...ProvisionedSource[]];
  readonly count: number;
  /** Waits after each delivery until the notification service is called. */
  readonly isFollowed: boolean;
};

/** In ms from the first byte sent: until the answer, and until the service was called. */
export type Delivered = { readonly acks: readonly number[]; readonly asked: readonly number[] };

const patienceMs = 10_000;

// A private session bus with a notification service, and the sender: one process, so that they share a clock.
const bus = await openPrivateBus();
const manner = process.argv[2] === '"silent"' ? 'silent' : 'well';
const service = await openNotificationServer(bus.address, { manner });

const deliver = async ({ port, sources, count, isFollowed }: Deliver): Promise<Delivered> => {
  const acks: number[] = [];
  const asked: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const source = sources[at % sources.length] ?? sources[0];
    const before = service.notified.length;
    const sentAt = performance.now();
    const { status } = await send(port, makers.simplehash(source));
    acks.push(performance.now() - sentAt);
    if (status !== 200) throw new Error(`A delivery was answered ${status}`);
    if (!isFollowed) continue;
    while (service.notified.length === before) {
      if (performance.now() - sentAt > patienceMs)
        throw new Error('Nothing was asked of the service');
      await pause(1);
    }
    asked.push((service.notified.at(-1)?.at ?? Number.NaN) - sentAt);
  }
  return { acks, asked };
};

const end = async (): Promise<string> => {
  await bus[Symbol.asyncDispose]();
  return 'ended';
};

process.on('message', async (message: Deliver | { readonly what: 'end' }) =>
  process.send?.(message.what === 'end' ? await end() : await deliver(message)),
);
process.once('disconnect', () => void end().then(() => process.exit()));
process.send?.(bus.address);
