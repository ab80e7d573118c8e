import { type Delivery, headerValues, onlyHeader } from '../../delivery.ts';
import { hmacSha256, rejected, sameBytes, type Verdict } from '../../verdict.ts';
import type { Credentials } from '../provider.ts';

const hexDigest = /^[0-9a-f]{64}$/i;

/** Whether it carries one signature in the form that every genuine one has. */
export const isWellFormed = (delivery: Delivery): boolean =>
  hexDigest.test(onlyHeader(delivery, 'x-webhook-signature') ?? '');

/**
 * The header must be there once, as the hex HMAC-SHA256 of the raw body (seed 002). The key is the secret as it stands,
 * also one that begins with `whsec_`.
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
