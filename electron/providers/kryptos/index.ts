import { readBody } from '../json.ts';
import type { Provider, RepeatKey } from '../provider.ts';
import { sameBody, sameId } from '../repeats.ts';
import { notRead, notUnderstood, understood } from '../understanding.ts';
import { Envelope } from './events.ts';
import { explain, info } from './info.ts';
import { eventOf } from './reading.ts';
import { checkSignature, isWellFormed } from './signature.ts';
import { simulations } from './simulations.ts';

/** Kryptos signs every delivery: https://docs.kryptos.io/webhooks/setup */
export const kryptos: Provider = {
  id: 'kryptos',
  name: 'Kryptos',
  info,
  sensitiveHeaders: ['x-webhook-signature'],
  authenticate: checkSignature,

  understand(delivery) {
    const body = readBody(delivery.body);
    if (body.status === 'unreadable') return notRead(body.why, [keyOf(delivery.body, null)]);

    const envelope = Envelope.parse(body.value);
    const repeatKeys = [keyOf(delivery.body, envelope.id)] as const;
    const read = eventOf(delivery, envelope);
    return read ? understood(read, repeatKeys) : notUnderstood(envelope.event, repeatKeys);
  },

  looksGenuine(delivery) {
    if (!isWellFormed(delivery)) return false;
    const body = readBody(delivery.body);
    if (body.status === 'unreadable') return false;
    const envelope = Envelope.parse(body.value);
    return typeof envelope.event === 'string' && objectIn(envelope.data);
  },

  explain,
  simulations,
};

const objectIn = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** The signed id names the delivery; the header that repeats it may be changed by whoever replays it. */
const keyOf = (body: Uint8Array, id: string | null): RepeatKey =>
  id === null ? sameBody(body, null) : sameId(id, body);
