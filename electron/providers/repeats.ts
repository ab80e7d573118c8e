import { hash } from 'node:crypto';
import type { RepeatKey } from './provider.ts';

/** A text or bytes of any length as 43 characters that stand for it. */
export const digest = (data: string | Uint8Array): string => hash('sha256', data, 'base64url');

/** The delivery is the one its sender gave this id; another body under the same id is a conflict. */
export const sameId = (id: string, body: Uint8Array): RepeatKey => ({
  id: `id:${digest(id)}`,
  version: digest(body),
  differing: 'conflict',
  withinMs: null,
});

/** The delivery is one with the same bytes, received less than `withinMs` before; null: at any time. */
export function sameBody(body: Uint8Array, withinMs: number | null): RepeatKey {
  const version = digest(body);
  return { id: `body:${version}`, version, differing: 'conflict', withinMs };
}
