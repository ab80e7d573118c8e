import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Proof } from '../shared/event.ts';
import type { RejectionReason } from '../shared/quarantine.ts';

/** A delivery that was not believed, and the status that tells its sender so. */
export type Rejected = {
  readonly status: 'rejected';
  readonly reason: RejectionReason;
  readonly answer: 400 | 401 | 403 | 413 | 415;
  /** What was measured, for people, such as "signed 14 minutes ago"; never a signature or a secret. */
  readonly detail?: string;
};

/** What authentication says of a delivery. */
export type Verdict = Proof | Rejected;

export const rejected = (
  reason: RejectionReason,
  answer: Rejected['answer'] = 401,
  detail?: string,
): Rejected => ({
  status: 'rejected',
  reason,
  answer,
  ...(detail === undefined ? {} : { detail }),
});

/** Compares in a time that depends on neither content nor where the two differ. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && timingSafeEqual(a, b);

/** Compares two texts in constant time, whatever their lengths, through their hashes. */
export const sameText = (a: string, b: string): boolean => sameBytes(sha256(a), sha256(b));

/** By way of a string: to make a piece of memory of its own takes longer than to hash a delivery. */
export const sha256 = (data: string | Uint8Array): Buffer =>
  bytesIn(hash('sha256', data, 'binary'));

export const hmacSha256 = (key: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer =>
  bytesIn(
    parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest('binary'),
  );

const bytesIn = (digest: string): Buffer => Buffer.from(digest, 'binary');
