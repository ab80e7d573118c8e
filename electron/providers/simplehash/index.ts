import { readBody } from '../json.ts';
import type { Provider } from '../provider.ts';
import { understood, unreadable, unrecognized } from '../understanding.ts';
import { Envelope } from './events.ts';
import { transferLookups } from './explorers.ts';
import { idempotencyKeysOf } from './idempotency-keys.ts';
import { explain, info } from './info.ts';
import { transferEvent, transferIn, unreadEvent, updateEvent } from './reading.ts';
import { checkSignature, isWellFormed } from './signature.ts';
import { simulations } from './simulations.ts';

/** SimpleHash signed the deliveries of a webhook with a secret: https://simplehash.readme.io/reference/webhook-events */
export const simplehash: Provider = {
  id: 'simplehash',
  name: 'SimpleHash',
  // Its service ended, and its dashboard with it.
  portal: null,
  info,
  sensitiveHeaders: ['webhook-signature', 'svix-signature'],
  authenticate: checkSignature,

  understand(delivery, proof) {
    const body = readBody(delivery.body);
    if (body.status === 'unreadable')
      return unreadable(body.why, idempotencyKeysOf(delivery, proof, undefined));

    const envelope = Envelope.parse(body.value);
    const found = transferIn(envelope);
    const idempotencyKeys = idempotencyKeysOf(delivery, proof, found);
    const read = found ? transferEvent(found) : (updateEvent(envelope) ?? unreadEvent(envelope));
    return read ? understood(read, idempotencyKeys) : unrecognized(envelope.type, idempotencyKeys);
  },

  lookupsIn(delivery) {
    const body = readBody(delivery.body);
    const found = body.status === 'unreadable' ? undefined : transferIn(Envelope.parse(body.value));
    return found ? transferLookups(found.transfer) : [];
  },

  looksGenuine(delivery) {
    if (!isWellFormed(delivery)) return false;
    const body = readBody(delivery.body);
    if (body.status === 'unreadable') return false;
    const envelope = Envelope.parse(body.value);
    if (typeof envelope.type !== 'string') return false;
    const content = envelope.data ?? envelope.nfts;
    return typeof content === 'object' && content !== null;
  },

  explain,
  simulations,
};
