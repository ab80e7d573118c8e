import { type Delivery, headerValues } from '../../delivery.ts';
import { hmacSha256, type Rejected, rejected, sameBytes, type Verdict } from '../../verdict.ts';
import type { Credentials } from '../provider.ts';

/** The prefix of the three headers: SimpleHash's own, or that of Svix, which uses the same scheme. */
export type SignatureHeaders = 'webhook' | 'svix';

const toleranceMs = 5 * 60_000;

/**
 * A source with a secret requires a signature of Standard Webhooks
 * (https://docs.svix.com/receiving/verifying-payloads/how-manual). A source without one trusts the token in the URL.
 */
export function checkSignature(delivery: Delivery, { secrets }: Credentials): Verdict {
  if (secrets.length === 0) {
    return { status: 'trusted', clientId: 'not-used', address: 'not-used' };
  }
  const signed = signedHeaders(delivery);
  if (signed.status === 'rejected') return signed;

  // The signature is checked before the time, so that a wrong secret is reported as such.
  const match = matchingSecret(delivery, signed, secrets);
  if (typeof match === 'object') return match;
  return staleness(signed.timestamp, delivery.receivedAt) ?? { status: 'verified', secret: match };
}

/** Whether signature, id and time are each present once and well-formed. */
export const isWellFormed = (delivery: Delivery): boolean => {
  const signed = signedHeaders(delivery);
  return signed.status === 'signed' && /^\d{1,12}$/.test(signed.timestamp);
};

/** Svix's headers count only when none of SimpleHash's is present. */
export const signatureHeaders = (delivery: Pick<Delivery, 'headers'>): SignatureHeaders =>
  ['id', 'timestamp', 'signature'].some(
    (name) => headerValues(delivery, `webhook-${name}`).length > 0,
  )
    ? 'webhook'
    : 'svix';

type Signed = {
  readonly status: 'signed';
  readonly id: string;
  readonly timestamp: string;
  readonly digests: readonly Buffer[];
};

function signedHeaders(delivery: Delivery): Signed | Rejected {
  const prefix = signatureHeaders(delivery);
  const [signature, ...moreSignatures] = headerValues(delivery, `${prefix}-signature`);
  const [timestamp, ...moreTimestamps] = headerValues(delivery, `${prefix}-timestamp`);
  const [id, ...moreIds] = headerValues(delivery, `${prefix}-id`);

  if (signature === undefined) return rejected('signature-missing');
  if (timestamp === undefined) return rejected('timestamp-missing');
  if (id === undefined) return rejected('signature-missing', 401, 'the signed id is missing');
  if (moreSignatures.length + moreTimestamps.length + moreIds.length > 0) {
    return rejected('signature-malformed', 401, 'a signature header came more than once');
  }
  const digests = digestsIn(signature);
  return digests.length > 0
    ? { status: 'signed', id, timestamp, digests }
    : rejected('signature-malformed', 401, 'no entry of version v1 with a SHA-256 digest');
}

/** A secret under rotation causes several entries. Entries of other versions are ignored. */
const digestsIn = (signature: string): Buffer[] =>
  signature
    .split(' ')
    .filter((entry) => /^v1,[A-Za-z0-9+/]{43}=$/.test(entry))
    .map((entry) => Buffer.from(entry.slice(3), 'base64'));

function matchingSecret(
  { body }: Delivery,
  { id, timestamp, digests }: Signed,
  secrets: readonly string[],
): number | Rejected {
  const keys = secrets.map(keyOf);
  const head = Buffer.from(`${id}.${timestamp}.`, 'latin1');
  const match = keys.findIndex((key) => {
    if (key === null) return false;
    const expected = hmacSha256(key, head, body);
    return digests.some((given) => sameBytes(given, expected));
  });
  if (match >= 0) return match;
  return keys.includes(null)
    ? rejected(
        'signature-wrong',
        401,
        'the secret of this source is not base64, so nothing fits it',
      )
    : rejected('signature-wrong');
}

/** Decodes a secret: base64 with an optional `whsec_` prefix. Null for invalid base64, with which nothing verifies. */
export function keyOf(secret: string): Buffer | null {
  const digits = secret.replace(/^whsec_/, '').replace(/={1,2}$/, '');
  const valid = /^[A-Za-z0-9+/_-]+$/.test(digits) && digits.length % 4 !== 1;
  return valid ? Buffer.from(digits, 'base64') : null;
}

function staleness(timestamp: string, receivedAt: number): Rejected | undefined {
  if (!/^\d{1,12}$/.test(timestamp)) {
    return rejected('timestamp-missing', 401, 'the signed time is not whole seconds since 1970');
  }
  const age = receivedAt - Number(timestamp) * 1000;
  if (Math.abs(age) <= toleranceMs) return undefined;
  return rejected(
    'timestamp-stale',
    401,
    `signed ${inWords(Math.abs(age))} ${age > 0 ? 'before' : 'after'} it arrived; is this computer's clock right?`,
  );
}

/** A duration in the largest unit of which there are at least two. */
function inWords(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, length] = units.find(([, length]) => ms >= 2 * length) ?? units[2];
  return `${Math.round(ms / length)} ${unit}s`;
}
