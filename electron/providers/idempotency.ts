import { hash } from 'node:crypto';
import type { IdempotencyKey } from './provider.ts';

/** SHA-256 as 43 characters of base64url. */
export const contentHash = (data: string | Uint8Array): string => hash('sha256', data, 'base64url');

/** A key from the sender's id. Another body under the same id is a conflict. */
export const sameId = (id: string, body: Uint8Array): IdempotencyKey => ({
  id: `id:${contentHash(id)}`,
  version: contentHash(body),
  differing: 'conflict',
  withinMs: null,
});

/** A key from the body's bytes, valid for `withinMs`; null: without a limit. */
export function sameBody(body: Uint8Array, withinMs: number | null): IdempotencyKey {
  const version = contentHash(body);
  return { id: `body:${version}`, version, differing: 'conflict', withinMs };
}
