import { sameBody, sameId } from '../idempotency.ts';
import { readBody } from '../json.ts';
import type { IdempotencyKey, Provider } from '../provider.ts';
import { understood, unreadable, unrecognized } from '../understanding.ts';
import { Envelope } from './events.ts';
import { explain, info } from './info.ts';
import { eventOf } from './reading.ts';
import { checkSignature, isWellFormed } from './signature.ts';
import { simulations } from './simulations.ts';
import { walletLookups } from './wallets.ts';

/** Kryptos signs every delivery: https://docs.kryptos.io/webhooks/setup */
export const kryptos: Provider = {
  id: 'kryptos',
  name: 'Kryptos',
  portal: 'https://dashboard.kryptos.io',
  info,
  sensitiveHeaders: ['x-webhook-signature'],
  authenticate: checkSignature,

  understand(delivery) {
    const body = readBody(delivery.body);
    if (body.status === 'unreadable') return unreadable(body.why, [keyOf(delivery.body, null)]);

    const envelope = Envelope.parse(body.value);
    const idempotencyKeys = [keyOf(delivery.body, envelope.id)] as const;
    const read = eventOf(delivery, envelope);
    return read ? understood(read, idempotencyKeys) : unrecognized(envelope.event, idempotencyKeys);
  },

  lookupsIn(delivery) {
    const body = readBody(delivery.body);
    return body.status === 'unreadable' ? [] : walletLookups(Envelope.parse(body.value));
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

/** The id in the signed body is the key: a sender of a replay could change the id in the header. */
const keyOf = (body: Uint8Array, id: string | null): IdempotencyKey =>
  id === null ? sameBody(body, null) : sameId(id, body);
