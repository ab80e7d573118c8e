import { readBody } from '../json.ts';
import type { Provider } from '../provider.ts';
import { notRead, notUnderstood, understood } from '../understanding.ts';
import { Envelope } from './events.ts';
import { explain, info } from './info.ts';
import { transferEvent, transferIn, unreadEvent, updateEvent } from './reading.ts';
import { repeatKeysOf } from './repeat-keys.ts';
import { checkSignature, isWellFormed } from './signature.ts';
import { simulations } from './simulations.ts';

/** SimpleHash signed what had a secret: https://simplehash.readme.io/reference/webhook-events */
export const simplehash: Provider = {
  id: 'simplehash',
  name: 'SimpleHash',
  info,
  sensitiveHeaders: ['webhook-signature', 'svix-signature'],
  authenticate: checkSignature,

  understand(delivery, proof) {
    const body = readBody(delivery.body);
    if (body.status === 'unreadable')
      return notRead(body.why, repeatKeysOf(delivery, proof, undefined));

    const envelope = Envelope.parse(body.value);
    const found = transferIn(envelope);
    const repeatKeys = repeatKeysOf(delivery, proof, found);
    const read = found ? transferEvent(found) : (updateEvent(envelope) ?? unreadEvent(envelope));
    return read ? understood(read, repeatKeys) : notUnderstood(envelope.type, repeatKeys);
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
