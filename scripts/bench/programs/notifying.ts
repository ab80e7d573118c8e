import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../../../test/support/http.ts';
import { openNotificationServer } from '../../../test/support/notification-server.ts';
import { openPrivateBus } from '../../../test/support/private-bus.ts';
import { makers } from './deliveries.ts';

/** Delivers so many, one after another and to each path in turn. */
export type Deliver = {
  readonly what: 'deliver';
  readonly port: number;
  readonly paths: readonly string[];
  readonly secret: string;
  readonly count: number;
  /** Whether each is followed until the notification service is asked to show it. */
  readonly isFollowed: boolean;
};

/** In ms, from the first byte sent: until the answer, and until the service was asked. */
export type Delivered = { readonly acks: readonly number[]; readonly asked: readonly number[] };

const patienceMs = 10_000;

// A session bus of its own with a notification service on it, and the sender. They share a clock, and only one is at work at a time.
const bus = await openPrivateBus();
const manner = process.argv[2] === '"silent"' ? 'silent' : 'well';
const service = await openNotificationServer(bus.address, { manner });

const deliver = async ({ port, paths, secret, count, isFollowed }: Deliver): Promise<Delivered> => {
  const acks: number[] = [];
  const asked: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const path = paths[at % paths.length] ?? '';
    const before = service.notified.length;
    const sentAt = performance.now();
    const { status } = await send(port, { path, ...makers.simplehash(secret) });
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
