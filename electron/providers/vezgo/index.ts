import { onlyHeader } from '../../delivery.ts';
import { sameBody } from '../idempotency.ts';
import { readBody } from '../json.ts';
import type { Provider } from '../provider.ts';
import { understood, unreadable, unrecognized } from '../understanding.ts';
import { Hook } from './events.ts';
import { explain, info } from './info.ts';
import { checkSender } from './sender.ts';
import { simulations } from './simulations.ts';
import { eventOf } from './words.ts';

/** A daily sync sends the same bytes every day, so equal bytes are a duplicate only within a minute. */
const duplicateWithinMs = 60_000;

/** Vezgo signs nothing: https://vezgo.com/docs/webhooks */
export const vezgo: Provider = {
  id: 'vezgo',
  name: 'Vezgo',
  portal: 'https://portal.vezgo.com/api-keys',
  info,
  sensitiveHeaders: ['x-client-id'],
  authenticate: checkSender,

  understand({ body }) {
    const idempotencyKeys = [sameBody(body, duplicateWithinMs)] as const;
    const parsed = readBody(body);
    if (parsed.status === 'unreadable') return unreadable(parsed.why, idempotencyKeys);

    const hook = Hook.parse(parsed.value);
    const read = eventOf(hook);
    return read ? understood(read, idempotencyKeys) : unrecognized(hook.hook, idempotencyKeys);
  },

  lookupsIn: () => [],

  looksGenuine(delivery) {
    if (onlyHeader(delivery, 'x-client-id') === undefined) return false;
    const body = readBody(delivery.body);
    if (body.status === 'unreadable') return false;
    const hook = Hook.parse(body.value);
    return typeof hook.hook === 'string' && hook.account !== null;
  },

  explain,
  simulations,
};
