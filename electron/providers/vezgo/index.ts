import { onlyHeader } from '../../delivery.ts';
import { readBody } from '../json.ts';
import type { Provider } from '../provider.ts';
import { sameBody } from '../repeats.ts';
import { notRead, notUnderstood, understood } from '../understanding.ts';
import { Hook } from './events.ts';
import { explain, info } from './info.ts';
import { checkSender } from './sender.ts';
import { simulations } from './simulations.ts';
import { eventOf } from './words.ts';

/** A daily sync sends the same bytes every day, so only what comes at once is a repeat. */
const repeatedWithinMs = 60_000;

/** Vezgo signs nothing: https://vezgo.com/docs/webhooks */
export const vezgo: Provider = {
  id: 'vezgo',
  name: 'Vezgo',
  info,
  sensitiveHeaders: ['x-client-id'],
  authenticate: checkSender,

  understand({ body }) {
    const repeatKeys = [sameBody(body, repeatedWithinMs)] as const;
    const parsed = readBody(body);
    if (parsed.status === 'unreadable') return notRead(parsed.why, repeatKeys);

    const hook = Hook.parse(parsed.value);
    const read = eventOf(hook);
    return read ? understood(read, repeatKeys) : notUnderstood(hook.hook, repeatKeys);
  },

  /** There is no signature: its client id and its body are all that a genuine one has. */
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
