import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { Proof } from '../shared/event.ts';
import type { RejectionReason } from '../shared/quarantine.ts';

/** A failed authentication. `answer` is the HTTP status for the sender. */
export type Rejected = {
  readonly status: 'rejected';
  readonly reason: RejectionReason;
  readonly answer: 400 | 401 | 403 | 413 | 415;
  /** A detail for people, such as "signed 14 minutes ago"; never a signature or a secret. */
  readonly detail?: string;
};

/** The result of authentication. */
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

/** Compares in constant time. Different lengths are unequal. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && timingSafeEqual(a, b);

/** Compares the hashes of two texts in constant time, so the lengths stay secret too. */
export const sameText = (a: string, b: string): boolean => sameBytes(sha256(a), sha256(b));

/** Hashes through a string: allocating a separate buffer takes longer than hashing a delivery. */
export const sha256 = (data: string | Uint8Array): Buffer =>
  bytesIn(hash('sha256', data, 'binary'));

export const hmacSha256 = (key: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer =>
  bytesIn(
    parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest('binary'),
  );

const bytesIn = (digest: string): Buffer => Buffer.from(digest, 'binary');
