import { type Delivery, headerValues, onlyHeader } from '../../delivery.ts';
import { hmacSha256, rejected, sameBytes, type Verdict } from '../../verdict.ts';
import type { Credentials } from '../provider.ts';

const hexDigest = /^[0-9a-f]{64}$/i;

/** Whether the delivery has exactly one signature, of 64 hex digits. */
export const isWellFormed = (delivery: Delivery): boolean =>
  hexDigest.test(onlyHeader(delivery, 'x-webhook-signature') ?? '');

/**
 * The signature is the hex HMAC-SHA256 of the raw body (https://docs.kryptos.io/docs/webhooks/setup). The key is the secret verbatim,
 * `whsec_` included.
 */
export function checkSignature(delivery: Delivery, { secrets }: Credentials): Verdict {
  if (secrets.length === 0) return rejected('secret-not-set');

  const [value, ...more] = headerValues(delivery, 'x-webhook-signature');
  if (value === undefined) return rejected('signature-missing');
  if (more.length > 0) return rejected('signature-malformed', 401, 'more than one signature');
  if (!hexDigest.test(value)) return rejected('signature-malformed', 401, 'not 64 hex digits');

  const given = Buffer.from(value, 'hex');
  const match = secrets.findIndex((secret) => sameBytes(given, hmacSha256(secret, delivery.body)));
  return match < 0 ? rejected('signature-wrong') : { status: 'verified', secret: match };
}
